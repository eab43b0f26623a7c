import { chanceOfAsMany } from './chanceOfAsMany';

describe('chanceOfAsMany', () => {
  it.each([
    // Two coins, three dice: counted by hand.
    { trials: 2, successes: 0, probability: 0.5, chance: 1 },
    { trials: 2, successes: 1, probability: 0.5, chance: 0.75 },
    { trials: 2, successes: 2, probability: 0.5, chance: 0.25 },
    { trials: 3, successes: 2, probability: 1 / 6, chance: 16 / 216 },
    { trials: 0, successes: 0, probability: 0.01, chance: 1 },
  ])(
    'is $chance for $successes of $trials at $probability',
    ({ chance, ...options }) => {
      expect(chanceOfAsMany(options)).toBeCloseTo(chance, 12);
    },
  );

  it('adds up over all numbers of successes to how many are expected', () => {
    const trials = 230;
    const probability = 0.01;
    const expected = Array.from({ length: trials }, (_, index) =>
      chanceOfAsMany({ trials, successes: index + 1, probability }),
    ).reduce((sum, chance) => sum + chance, 0);
    expect(expected).toBeCloseTo(trials * probability, 9);
  });
});
