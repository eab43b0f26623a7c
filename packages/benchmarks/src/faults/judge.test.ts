import {
  age,
  cardP50,
  cardP99,
  factorOf,
  judgeEffect,
  judgeState,
} from './judge';
import type { WindowFigures } from './measure/Window';

function figures(options: {
  p50?: number;
  p99?: number;
  age?: number;
  failures?: Record<string, number>;
}): WindowFigures {
  const { p50 = 10, p99 = 40, failures = {} } = options;
  return {
    card: {
      answered: 200,
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
    const quiet = [calm, figures({ p99: 80 })] as const;
    const slower = (p99: number) => ({ quiet, during: figures({ p99 }) });
    expect(judgeEffect({}, slower(150))).toEqual([]);
    expect(judgeEffect({}, slower(170))).toEqual([
      'cards took 2.13 times as long (p99)',
    ]);
  });

  it('tells cards that are slower, by the median and by the slowest', () => {
    const during = figures({ p50: 13, p99: 100 });
    expect(judgeEffect({}, { quiet: [calm, calm], during })).toEqual([
      'cards took 1.30 times as long (p50)',
      'cards took 2.50 times as long (p99)',
    ]);
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
