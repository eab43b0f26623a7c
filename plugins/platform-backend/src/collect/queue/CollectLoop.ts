import type { LoggerService } from '@backstage/backend-plugin-api';
import { groupBy } from '../../groupBy';
import type { CollectMetrics } from '../CollectMetrics';
import type { DatabaseOutage } from '../store/DatabaseOutage';
import { ClusterVisit, type VisitOptions } from './ClusterVisit';
import type { CycleLog } from './CycleLog';
import type { ClaimedJob } from './LeaseStore';
import type { EndedRun, RecordedRun } from './RunRecorder';

/** Free slots are filled together, so many at a time or after so long. */
const REFILL_SHARE = 1 / 2;
const REFILL_MS = 50;
/** A visit that takes longer than this gets another of the slots that are free. */
const LONG_VISIT_MS = 1_000;
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
 * Keeps the slots of this replica filled with visits of clusters.
 *
 * @remarks
 * Knows nothing of what happens in them: it claims, visits, and counts. Visits
 * that end ask for the next ones at once, a few together, because a claim costs
 * the database as much as a small run; otherwise the queue is looked at once per
 * poll. A slot that finds nothing due helps with a visit that takes long.
 */
export class CollectLoop {
  private readonly shutdown = new AbortController();
  private readonly working = new Set<Promise<void>>();
  private readonly visits = new Set<ClusterVisit>();
  private pumping: Promise<void> | undefined;
  private pumpAgain = false;
  private timer: NodeJS.Timeout | undefined;
  private claimFailures = 0;
  private runningSince: number | undefined;
  private lastClaimAt: number | undefined;

  constructor(
    private readonly options: {
      logger: LoggerService;
      visits: VisitOptions;
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
      busy: this.working.size,
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
    const { logger, outage, cycles } = this.options;
    cycles.flush();
    if (outage.active) {
      logger.warn(
        'The database is away at shutdown; jobs of this replica go on elsewhere when their leases run out',
      );
      return;
    }
    await this.options.visits.leases.releaseAll();
  }

  private async drained() {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>(resolve => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    const settled = async () => {
      await this.pumping;
      await Promise.all(this.working);
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
    const isWorthIt = this.free() >= this.options.slots * REFILL_SHARE;
    if (isWorthIt || this.pumping || this.shutdown.signal.aborted) {
      this.pump();
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pump(), REFILL_MS);
  }

  private free(): number {
    return this.options.slots - this.working.size;
  }

  private async fill(): Promise<void> {
    if (this.free() <= 0) {
      return;
    }
    const { visits, metrics, logger } = this.options;
    try {
      const jobs = await visits.leases.claim(this.free());
      this.claimFailures = 0;
      this.lastClaimAt = Date.now();
      metrics.claimed(jobs);
      groupBy(jobs, ({ lease }) => lease.clusterId).forEach(some =>
        this.visit(some),
      );
      await this.help();
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

  private visit(jobs: readonly ClaimedJob[]) {
    const visit = new ClusterVisit(jobs, {
      ...this.options.visits,
      shutdown: this.shutdown.signal,
      onRecorded: run => this.recorded(run),
      onUnrecorded: (runs, error) => this.unrecorded(runs, error),
    });
    this.visits.add(visit);
    this.work(visit);
  }

  /** Gives visits that take long the slots that are left. */
  private async help(): Promise<void> {
    const { leases } = this.options.visits;
    for (const visit of this.visits) {
      const isLong = performance.now() - visit.beganAt > LONG_VISIT_MS;
      if (this.free() <= 0 || !isLong || !visit.hasWaiting) {
        continue;
      }
      const others = await leases.heldJobs(visit.clusterId, visit.held);
      if (others + visit.busy < leases.perClusterCap && this.free() > 0) {
        this.work(visit);
      }
    }
  }

  private work(visit: ClusterVisit) {
    const work = visit
      .work()
      .catch(error =>
        this.options.logger.error(
          'A visit of a cluster ended early; what it held is repeated when its leases run out',
          error,
        ),
      )
      .finally(() => {
        this.working.delete(work);
        if (visit.busy === 0 && !visit.hasWaiting) {
          this.visits.delete(visit);
        }
        this.pumpSoon();
      });
    this.working.add(work);
  }

  private recorded(run: RecordedRun) {
    this.options.cycles.add(run);
    this.options.metrics.runEnded(run);
  }

  private unrecorded(runs: readonly EndedRun[], error: Error) {
    const { logger, outage } = this.options;
    if (!outage.active) {
      const [{ lease }] = runs.map(({ job }) => job);
      const collectors = runs.map(({ job }) => job.lease.collector).join(', ');
      logger.error(
        `Runs of cluster ${lease.clusterName} could not be recorded (${collectors}); they are repeated when their leases run out`,
        error,
      );
    }
  }
}
