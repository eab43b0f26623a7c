import { ClusterEntry, type EntryOptions } from './ClusterEntry';
import type { JobRunner } from './JobRunner';
import type { ClaimedJob, LeaseStore } from './LeaseStore';
import { reachability } from './reachability';
import type { EndedRun, RecordedRun, RunRecorder } from './RunRecorder';

/** Runs that ended well are on record after so long, also while others run. */
const RECORD_AFTER_MS = 1_000;

/** What a replica needs to visit clusters. */
export interface VisitOptions {
  entry: EntryOptions;
  runner: JobRunner;
  leases: LeaseStore;
  recorder: RunRecorder;
  /** Jobs that wait for longer are taken anew before they are run. */
  renewMs: number;
}

/**
 * The jobs of one cluster that a replica took together: one way in, one check
 * of who the cluster is, one transaction for what went well.
 *
 * @remarks
 * A run costs little more than its list when it shares these. What waits for
 * its turn keeps the lease it was taken with and no longer: when the runs
 * before it are slow, another replica may take it over.
 */
export class ClusterVisit {
  readonly clusterId: number;
  /** A clock that does not jump, to tell the database's time from. */
  readonly beganAt = performance.now();
  private readonly entry: ClusterEntry;
  private readonly waiting: ClaimedJob[];
  private readonly running = new Set<ClaimedJob>();
  private readonly ended: EndedRun[] = [];
  private timer: NodeJS.Timeout | undefined;
  private recording: Promise<void> = Promise.resolve();

  /** @param jobs - of one cluster, one at least, just taken */
  constructor(
    jobs: readonly ClaimedJob[],
    private readonly options: VisitOptions & {
      shutdown: AbortSignal;
      /** A run is on record. */
      onRecorded(run: RecordedRun): void;
      /** The database refused the record of runs; they are repeated. */
      onUnrecorded(runs: readonly EndedRun[], error: Error): void;
    },
  ) {
    this.clusterId = jobs[0].lease.clusterId;
    this.waiting = [...jobs];
    this.entry = new ClusterEntry(options.entry);
  }

  /** Jobs under way. */
  get busy(): number {
    return this.running.size;
  }

  /** Whether there is work for another slot. */
  get hasWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** The collectors whose jobs this visit holds. */
  get held(): string[] {
    return [
      ...this.waiting,
      ...this.running,
      ...this.ended.map(({ job }) => job),
    ].map(({ lease }) => lease.collector);
  }

  /**
   * Runs the waiting jobs one after the other, until none is left; called
   * again, a second one beside the first, and so on.
   *
   * @returns when nothing of what it ran is left to be put on record
   * @throws an error of the database that is not an outage
   */
  async work(): Promise<void> {
    const { leases, shutdown, renewMs } = this.options;
    try {
      while (!shutdown.aborted) {
        const job = this.waiting.shift();
        if (!job) {
          break;
        }
        const isLate = performance.now() - this.beganAt > renewMs;
        if (!isLate || (await leases.renew(job.lease))) {
          await this.run(job);
        }
      }
    } finally {
      if (this.running.size === 0) {
        await this.record();
      }
    }
  }

  private async run(job: ClaimedJob): Promise<void> {
    const { runner, shutdown } = this.options;
    const { entry } = this;
    const startedAt = this.databaseTime(job);
    this.running.add(job);
    const report = await runner.run(job, { entry, shutdown });
    this.running.delete(job);
    const finishedAt = this.databaseTime(job);
    this.ended.push({ job, report, startedAt, finishedAt });
    if (!report.problem) {
      this.timer ??= setTimeout(() => this.record(), RECORD_AFTER_MS);
      return;
    }
    await this.record();
    const isAnswered = reachability(report.problem.code) !== 'unreached';
    if (!entry.isOpen || !isAnswered) {
      await this.giveBack();
    }
  }

  /**
   * Nobody knows yet whether the way in is closed for good: whoever is next
   * finds out, and the breaker decides. The rest must not wait for time-outs in
   * a row.
   */
  private async giveBack(): Promise<void> {
    const rest = this.waiting.splice(0);
    await this.options.leases.giveBack(rest.map(({ lease }) => lease));
  }

  /** Puts on record what has ended, after what was being put on record. */
  private record(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const runs = this.ended.splice(0);
    if (runs.length > 0) {
      this.recording = this.recording.then(() => this.recordNow(runs));
    }
    return this.recording;
  }

  private async recordNow(runs: readonly EndedRun[]): Promise<void> {
    const { recorder, onRecorded, onUnrecorded } = this.options;
    try {
      (await recorder.record(runs)).forEach(onRecorded);
    } catch (error) {
      onUnrecorded(runs, error as Error);
    }
  }

  /** Now, by the clock of the database that the job was taken with. */
  private databaseTime(job: ClaimedJob): number {
    return job.startedAt + Math.round(performance.now() - this.beganAt);
  }
}
