import { formatShare } from './format';

describe('formatShare', () => {
  it('says all and nothing only of all and nothing', () => {
    expect(formatShare(10, 10)).toBe('100%');
    expect(formatShare(9_999, 10_000)).toBe('99.9%');
    expect(formatShare(0, 10)).toBe('0%');
    expect(formatShare(1, 10_000)).toBe('0.1%');
  });

  it('has one decimal at most', () => {
    expect(formatShare(128, 140)).toBe('91.4%');
    expect(formatShare(1, 2)).toBe('50%');
    expect(formatShare(7, 100)).toBe('7%');
    expect(formatShare(0, 0)).toBe('0%');
  });
});
