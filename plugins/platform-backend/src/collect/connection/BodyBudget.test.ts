import { BodyBudget } from './BodyBudget';

describe('BodyBudget', () => {
  const budget = () => new BodyBudget({ limitBytes: 100, freeBytes: 10 });

  it('takes nothing for ordinary bodies, however many there are', () => {
    const shared = budget();
    shared.share().grow(110);
    for (let body = 0; body < 1_000; body++) {
      expect(shared.share().grow(10)).toBe(true);
    }
  });

  it('bounds large bodies together, not one by one', () => {
    const shared = budget();
    const first = shared.share();
    expect(first.grow(50)).toBe(true);
    expect(first.grow(70)).toBe(true);
    const second = shared.share();
    expect(second.grow(50)).toBe(true);
    expect(second.grow(51)).toBe(false);
  });

  it('gives back what was taken, once', () => {
    const shared = budget();
    const first = shared.share();
    first.grow(110);
    first.release();
    first.release();
    const second = shared.share();
    expect(second.grow(110)).toBe(true);
    expect(second.grow(111)).toBe(false);
  });
});
