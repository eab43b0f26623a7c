import type { Fault } from './Fault';
import { chanceOfAsMany } from './chanceOfAsMany';
import { FRESHNESS_POLL_MS } from './measure/FreshnessProbe';
import type { WindowFigures } from './measure/Window';
import type { Assessment } from './state/assess';

/** How much worse readers may fare while others suffer. */
export const BOUND = 1.2;
/** How seldom what is called a fault's doing may be chance: eighteen are judged. */
const SIGNIFICANCE = 0.001;

/** What readers got under a fault, and what they got without one. */
export interface Effect {
  /** Two whiles without a fault: the one before and the one after. */
  quiet: readonly [WindowFigures, WindowFigures];
  during: WindowFigures;
}

/** A figure under the fault ÷ the same without one. */
export interface Factor {
  value: number;
  /** The greater of the two figures without a fault ÷ the lesser: what chance does. */
  noise: number;
}

/** A figure that readers notice. */
export interface Figure {
  of(figures: WindowFigures): number;
  /** Whether its factor is of more than chance. */
  isMoreThanChance(factor: Factor, effect: Effect): boolean;
}

/** Age of the newest lists of the clusters that were not struck. */
export const age = beyondNoise(figures => figures.age);
/** Median of the time that a card takes. */
export const cardP50 = beyondNoise(({ card }) => card.p50);
/**
 * 99th percentile of the time that a card takes. Of some 230 cards these are
 * two or three, which one pause of the machine makes slow, so it is the number
 * of slow cards that tells a fault from chance.
 */
export const cardP99: Figure = {
  of: ({ card }) => card.p99,
  isMoreThanChance: (_factor, { quiet, during }) => {
    const slow = BOUND * Math.max(...quiet.map(({ card }) => card.p99));
    const { ms } = during.card;
    return (
      chanceOfAsMany({
        trials: ms.length,
        successes: ms.filter(each => each > slow).length,
        probability: 0.01,
      }) < SIGNIFICANCE
    );
  },
};

/** Two whiles without a fault can differ by more than the bound on a busy machine. */
function beyondNoise(of: Figure['of']): Figure {
  return { of, isMoreThanChance: ({ value, noise }) => value > noise };
}

/**
 * Compares a figure with the worse of the two that were measured without the
 * fault: what happened before or after it anyway is not its doing.
 *
 * @returns `undefined` for what was not measured
 */
export function factorOf(
  { quiet, during }: Effect,
  { of }: Figure,
): Factor | undefined {
  const without = quiet.map(of);
  const value = of(during) / Math.max(...without);
  return Number.isNaN(value)
    ? undefined
    : { value, noise: Math.max(...without) / Math.min(...without) };
}

/** Whether a figure is beyond the bound, and by more than chance explains. */
export function isExceeded(effect: Effect, figure: Figure): boolean {
  const factor = factorOf(effect, figure);
  return (
    !!factor && factor.value > BOUND && figure.isMoreThanChance(factor, effect)
  );
}

/** Everything in the stored state that keeps a fault from having passed. */
export function judgeState(assessment: Assessment): string[] {
  const names = {
    lost: 'lost',
    resurrected: 'resurrected',
    wronglyFresh: 'wrongly fresh',
  } as const;
  return (Object.keys(names) as Array<keyof typeof names>).flatMap(what => {
    const found = assessment[what];
    return found.length > 0
      ? [`${found.length} ${names[what]}, such as ${found[0]}`]
      : [];
  });
}

/** Everything in what readers got that keeps a fault from having passed. */
export function judgeEffect(
  fault: Pick<Fault, 'allowedAnswers'>,
  effect: Effect,
): string[] {
  const { quiet, during } = effect;
  const failures: string[] = [];
  const ageBefore = Math.max(...quiet.map(age.of));
  if (
    isExceeded(effect, age) &&
    during.age > BOUND * ageBefore + FRESHNESS_POLL_MS
  ) {
    failures.push(
      `lists of the other clusters were ${seconds(
        during.age,
      )} old, without the fault ${seconds(ageBefore)}`,
    );
  }
  for (const [name, figure] of [
    ['p50', cardP50],
    ['p99', cardP99],
  ] as const) {
    const factor = factorOf(effect, figure);
    // What could not be measured is not within a bound.
    if (!factor || isExceeded(effect, figure)) {
      failures.push(
        `cards took ${
          factor?.value.toFixed(2) ?? 'an unknown number of'
        } times as long (${name})`,
      );
    }
  }
  for (const [answer, count] of during.card.failures) {
    if (!fault.allowedAnswers?.includes(answer)) {
      failures.push(`${count} cards were answered with ${answer}`);
    }
  }
  return failures;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
