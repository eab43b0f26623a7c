import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CollectMetrics } from '../CollectMetrics';
import type { DatabaseOutage } from '../store/DatabaseOutage';
import type { CycleLog } from './CycleLog';
import type { JobRunner } from './JobRunner';
import type { ClaimedJob, LeaseStore } from './LeaseStore';

/** Free slots are filled together, so many at a time or after so long. */
const REFILL_SHARE = 1 / 2;
const REFILL_MS = 50;
/** Shutdown does not wait longer than this for runs to end. */
const DRAIN_MS = 15_000;

/** How the loop is doing; instants in epoch milliseconds of this process. */
export interface LoopState {
  /** Jobs at a time. */
  slots: number;
  /** How many of the slots are taken. */
  busy: number;
  /** `undefined` until it was started, and after it was stopped. */
  runningSince: number | undefined;
  /** When the queue was last asked with success; `undefined` until then. */
  lastClaimAt: number | undefined;
}

/**
 * Keeps the slots of this replica filled with due jobs.
 *
 * @remarks
 * Knows nothing of clusters: it claims, runs, and counts. Runs that end ask for
 * the next ones at once, a few together, because a claim costs the database as
 * much as a small run; otherwise the queue is looked at once per poll.
 */
export class CollectLoop {
  private readonly shutdown = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private pumping: Promise<void> | undefined;
  private pumpAgain = false;
  private timer: NodeJS.Timeout | undefined;
  private claimFailures = 0;
  private runningSince: number | undefined;
  private lastClaimAt: number | undefined;

  constructor(
    private readonly options: {
      logger: LoggerService;
      leases: LeaseStore;
      runner: JobRunner;
      cycles: CycleLog;
      metrics: CollectMetrics;
      outage: DatabaseOutage;
      /** Jobs at a time. */
      slots: number;
      pollMs: number;
    },
  ) {}

  state(): LoopState {
    return {
      slots: this.options.slots,
      busy: this.running.size,
      runningSince: this.runningSince,
      lastClaimAt: this.lastClaimAt,
    };
  }

  /** Begins to collect. */
  start(): void {
    this.runningSince = Date.now();
    this.pump();
  }

  /**
   * Stops to claim, aborts what is running, waits until that is on record, and
   * gives back whatever is still held, so that another replica can go on at
   * once.
   */
  async stop(): Promise<void> {
    this.shutdown.abort();
    this.runningSince = undefined;
    clearTimeout(this.timer);
    await this.drained();
    const { leases, logger, outage, cycles } = this.options;
    cycles.flush();
    if (outage.active) {
      logger.warn(
        'The database is away at shutdown; jobs of this replica go on elsewhere when their leases run out',
      );
      return;
    }
    await leases.releaseAll();
  }

  private async drained() {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>(resolve => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    const settled = async () => {
      await this.pumping;
      await Promise.all(this.running);
    };
    await Promise.race([settled(), late]);
    clearTimeout(timer);
  }

  /** Fills the free slots; one at a time, however often it is asked for. */
  private pump(): void {
    if (this.shutdown.signal.aborted) {
      return;
    }
    if (this.pumping) {
      this.pumpAgain = true;
      return;
    }
    clearTimeout(this.timer);
    this.pumping = this.fill().finally(() => {
      this.pumping = undefined;
      if (this.pumpAgain) {
        this.pumpAgain = false;
        this.pump();
      } else if (!this.shutdown.signal.aborted) {
        this.timer = setTimeout(() => this.pump(), this.options.pollMs);
      }
    });
  }

  private pumpSoon(): void {
    const { slots } = this.options;
    const isWorthIt = slots - this.running.size >= slots * REFILL_SHARE;
    if (isWorthIt || this.pumping || this.shutdown.signal.aborted) {
      this.pump();
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pump(), REFILL_MS);
  }

  private async fill(): Promise<void> {
    const free = this.options.slots - this.running.size;
    if (free <= 0) {
      return;
    }
    const { leases, metrics, logger } = this.options;
    try {
      const jobs = await leases.claim(free);
      this.claimFailures = 0;
      this.lastClaimAt = Date.now();
      metrics.claimed(jobs);
      jobs.forEach(job => this.begin(job));
    } catch (error) {
      if (this.shutdown.signal.aborted) {
        return;
      }
      metrics.claimFailed();
      // Once per series: the poll would repeat it every second.
      if (this.claimFailures++ === 0) {
        logger.error(
          'No jobs could be claimed; trying again at every poll',
          error as Error,
        );
      }
    }
  }

  private begin(job: ClaimedJob) {
    const run = this.run(job).finally(() => {
      this.running.delete(run);
      this.pumpSoon();
    });
    this.running.add(run);
  }

  private async run(job: ClaimedJob): Promise<void> {
    const { runner, cycles, metrics, logger, outage } = this.options;
    try {
      const run = await runner.run(job, this.shutdown.signal);
      cycles.add(job, run);
      metrics.runEnded(job, run);
    } catch (error) {
      if (!outage.active) {
        logger.error(
          `The run of ${job.lease.collector} of cluster ${job.lease.clusterName} could not be recorded; it is repeated when its lease runs out`,
          error as Error,
        );
      }
    }
  }
}
