import {
  age,
  cardP50,
  cardP99,
  factorOf,
  isExceeded,
  judgeEffect,
  judgeState,
} from './judge';
import type { WindowFigures } from './measure/Window';

const CARDS = 230;

function figures(options: {
  p50?: number;
  p99?: number;
  /** How many took as long as the 99th percentile. */
  slow?: number;
  age?: number;
  failures?: Record<string, number>;
}): WindowFigures {
  const { p50 = 10, p99 = 40, slow = 3, failures = {} } = options;
  return {
    card: {
      ms: Array.from({ length: CARDS }, (_, index) =>
        index < slow ? p99 : p50,
      ),
      p50,
      p99,
      failures: new Map(Object.entries(failures)),
    },
    age: options.age ?? 15_000,
    missed: 0,
  };
}

const calm = figures({});

describe('judgeEffect', () => {
  it('has nothing against readers that notice nothing', () => {
    const effect = { quiet: [calm, calm] as const, during: calm };
    expect(judgeEffect({}, effect)).toEqual([]);
    expect(factorOf(effect, cardP50)).toEqual({ value: 1, noise: 1 });
  });

  it('compares with the worse of the two whiles without a fault', () => {
    const effect = {
      quiet: [calm, figures({ p99: 80 })] as const,
      during: figures({ p99: 90 }),
    };
    expect(factorOf(effect, cardP99)).toEqual({ value: 90 / 80, noise: 2 });
    expect(judgeEffect({}, effect)).toEqual([]);
  });

  it('blames a fault only for more than what chance does without it', () => {
    const quiet = [calm, figures({ p50: 14 })] as const;
    const slower = (p50: number) => ({ quiet, during: figures({ p50 }) });
    expect(judgeEffect({}, slower(19))).toEqual([]);
    expect(judgeEffect({}, slower(20))).toEqual([
      'cards took 1.43 times as long (p50)',
    ]);
  });

  it('tells many slow cards from a few, which chance makes slow', () => {
    const slower = (slow: number) => ({
      quiet: [calm, calm] as const,
      during: figures({ p99: 100, slow }),
    });
    expect(factorOf(slower(3), cardP99)).toEqual({ value: 2.5, noise: 1 });
    expect(judgeEffect({}, slower(3))).toEqual([]);
    expect(isExceeded(slower(3), cardP99)).toBe(false);
    expect(judgeEffect({}, slower(12))).toEqual([
      'cards took 2.50 times as long (p99)',
    ]);
  });

  it('lets slow cards be a fifth slower, however many they are', () => {
    const during = figures({ p99: 47, slow: 50 });
    expect(judgeEffect({}, { quiet: [calm, calm], during })).toEqual([]);
  });

  it('lets lists be a fifth and one look older, and no more', () => {
    const quiet = [calm, calm] as const;
    expect(
      judgeEffect({}, { quiet, during: figures({ age: 18_900 }) }),
    ).toEqual([]);
    expect(
      judgeEffect({}, { quiet, during: figures({ age: 19_100 }) }),
    ).toEqual([
      'lists of the other clusters were 19.1 s old, without the fault 15.0 s',
    ]);
  });

  it('says nothing of freshness where there are no other clusters', () => {
    const effect = {
      quiet: [calm, calm] as const,
      during: figures({ age: NaN }),
    };
    expect(judgeEffect({}, effect)).toEqual([]);
    expect(factorOf(effect, age)).toBeUndefined();
  });

  it('does not take what was not measured for good', () => {
    const during = figures({ p50: NaN, p99: NaN });
    expect(judgeEffect({}, { quiet: [calm, calm], during })).toHaveLength(2);
  });

  it('allows other answers only where the fault explains them', () => {
    const during = figures({ failures: { 503: 4 } });
    const effect = { quiet: [calm, calm] as const, during };
    expect(judgeEffect({}, effect)).toEqual(['4 cards were answered with 503']);
    expect(judgeEffect({ allowedAnswers: ['503'] }, effect)).toEqual([]);
  });
});

describe('judgeState', () => {
  it('fails for a single object', () => {
    expect(
      judgeState({
        compared: 1_000,
        lost: ['c-0001 pods ns-0001/a'],
        resurrected: [],
        wronglyFresh: [],
      }),
    ).toEqual(['1 lost, such as c-0001 pods ns-0001/a']);
  });
});
