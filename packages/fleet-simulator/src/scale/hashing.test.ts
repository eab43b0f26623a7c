import { between, lettersFrom, mix, share, uidFrom } from './hashing';

const numbers = Array.from({ length: 2_000 }, (_, index) => index);

describe('hashing', () => {
  it('is the same for the same numbers, and another for each other', () => {
    expect(mix(1, 2, 3)).toBe(mix(1, 2, 3));
    const mixed = [
      ...numbers.map(index => mix(index, 0, 0)),
      ...numbers.map(index => mix(0, index + 1, 0)),
      ...numbers.map(index => mix(0, 0, index + 1)),
    ];
    expect(new Set(mixed).size).toBe(mixed.length);
  });

  it('spreads evenly', () => {
    for (const of of [
      (index: number) => share(index, 1),
      (index: number) => share(1, index),
      (index: number) => share(1, 1, index),
    ]) {
      const tenths = Array<number>(10).fill(0);
      for (const index of numbers) tenths[Math.floor(of(index) * 10)] += 1;
      expect(Math.min(...tenths)).toBeGreaterThan(150);
      expect(Math.max(...tenths)).toBeLessThan(250);
    }
  });

  it('stays between two numbers, and reaches both', () => {
    const found = new Set(numbers.map(index => between([3, 5], 1, index)));
    expect([...found].sort()).toEqual([3, 4, 5]);
  });

  it('makes uids that are uids', () => {
    const uids = numbers.map(index => uidFrom(1, index, 7));
    expect(new Set(uids).size).toBe(uids.length);
    for (const uid of uids) {
      expect(uid).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });

  it('makes letters of a length', () => {
    expect(lettersFrom(5, 123_456_789)).toMatch(/^[a-z2-9]{5}$/);
    expect(lettersFrom(10, 1, 2)).toHaveLength(10);
    expect(lettersFrom(5, 1)).not.toBe(lettersFrom(5, 2));
  });
});
