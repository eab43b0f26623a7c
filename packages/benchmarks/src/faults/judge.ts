import type { Fault } from './Fault';
import { FRESHNESS_POLL_MS } from './measure/FreshnessProbe';
import type { WindowFigures } from './measure/Window';
import type { Assessment } from './state/assess';

/** How much worse readers may fare while others suffer. */
export const BOUND = 1.2;

/** What a fault did to readers: figures under the fault ÷ figures before it. */
export interface Effect {
  /** Age of the lists of the clusters that were not struck; `null` without any. */
  freshness: number | null;
  cardP50: number;
  cardP99: number;
}

/** Divides what readers got under a fault by what they got before. */
export function effectOf(quiet: WindowFigures, during: WindowFigures): Effect {
  const freshness = during.age / quiet.age;
  return {
    freshness: Number.isNaN(freshness) ? null : freshness,
    cardP50: during.card.p50 / quiet.card.p50,
    cardP99: during.card.p99 / quiet.card.p99,
  };
}

/** Everything that keeps a fault from having passed, in words. */
export function judge(options: {
  fault: Pick<Fault, 'allowedAnswers'>;
  assessment: Assessment;
  quiet: WindowFigures;
  during: WindowFigures;
}): string[] {
  const { fault, assessment, quiet, during } = options;
  const effect = effectOf(quiet, during);
  const failures: string[] = [];
  for (const what of ['lost', 'resurrected', 'wronglyFresh'] as const) {
    const found = assessment[what];
    if (found.length > 0) {
      failures.push(`${found.length} ${what}, such as ${found[0]}`);
    }
  }
  if (during.age > BOUND * quiet.age + FRESHNESS_POLL_MS) {
    failures.push(
      `lists of the other clusters were ${seconds(
        during.age,
      )} old, before ${seconds(quiet.age)}`,
    );
  }
  for (const [name, factor] of [
    ['p50', effect.cardP50],
    ['p99', effect.cardP99],
  ] as const) {
    // What could not be measured is not within a bound.
    if (!(factor <= BOUND)) {
      failures.push(`cards took ${factor.toFixed(2)} times as long (${name})`);
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
