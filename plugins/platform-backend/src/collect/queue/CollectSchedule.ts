import { backoffMs, type BackoffPolicy, jitteredMs } from './backoff';
import type { RunProblem } from './RunJob';

/**
 * The collector that runs first on a new cluster, and alone on one that does
 * not answer or is a second name of another.
 */
export const DISCOVERY = 'discovery';

/** A collector as the queue sees it. */
export interface ScheduledCollector {
  id: string;
  cadenceMs: number;
}

/** Answers that will be the same in half a minute: asking sooner is no use. */
const SETTLED: ReadonlySet<string> = new Set([
  'forbidden',
  'not_served',
  'duplicate',
]);

/** Ends from which a second try is likely to recover. */
const RECOVERABLE: ReadonlySet<string> = new Set(['count_mismatch']);

/** The code of a run that ended because its process stopped. */
export const ABORTED = 'aborted';

const RETRY: BackoffPolicy = { baseMs: 10_000, capMs: 15 * 60_000 };

/** When which collector runs again. */
export class CollectSchedule {
  private readonly cadences: ReadonlyMap<string, number>;

  constructor(
    collectors: readonly ScheduledCollector[],
    private readonly random: () => number = Math.random,
  ) {
    this.cadences = new Map(
      collectors.map(({ id, cadenceMs }) => [id, cadenceMs]),
    );
  }

  /** The collectors that this replica knows how to run. */
  get collectors(): string[] {
    return [...this.cadences.keys()];
  }

  /**
   * How long to wait after a run, in milliseconds.
   *
   * @param run.failures - failed runs in a row, this one included
   */
  delayMs(run: {
    collector: string;
    problem: RunProblem | undefined;
    failures: number;
  }): number {
    const { collector, problem, failures } = run;
    const cadenceMs = this.cadences.get(collector) ?? RETRY.capMs;
    if (!problem || SETTLED.has(problem.code)) {
      return jitteredMs(cadenceMs, this.random);
    }
    if (
      problem.code === ABORTED ||
      (RECOVERABLE.has(problem.code) && failures === 1)
    ) {
      return 0;
    }
    const pauseMs = backoffMs({
      failures,
      policy: { ...RETRY, capMs: Math.min(RETRY.capMs, cadenceMs) },
      random: this.random,
    });
    return Math.max(pauseMs, problem.retryAfterMs ?? 0);
  }
}
