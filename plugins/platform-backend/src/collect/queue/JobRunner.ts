import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterEntry } from './ClusterEntry';
import { JobTerm } from './JobTerm';
import type { ClaimedJob, LeaseStore } from './LeaseStore';
import { ProgressReporter } from './ProgressReporter';
import type { RunJob, RunProblem, RunReport } from './RunJob';
import { problemOf } from './runProblem';

const PROGRESS_INTERVAL_MS = 1_000;

/** Runs one claimed job from the way into its cluster to a report. */
export class JobRunner {
  constructor(
    private readonly options: {
      logger: LoggerService;
      runJob: RunJob;
      leases: LeaseStore;
      /** How long one job may take. */
      budgetMs: number;
      /** How often a lease is renewed. */
      renewMs: number;
    },
  ) {}

  /**
   * Never throws: what goes wrong is the problem of the report.
   *
   * @param context.shutdown - aborts the run when the process stops
   */
  async run(
    job: ClaimedJob,
    context: { entry: ClusterEntry; shutdown: AbortSignal },
  ): Promise<RunReport> {
    const { budgetMs, renewMs } = this.options;
    const term = new JobTerm({
      lease: job.lease,
      shutdown: context.shutdown,
      budgetMs,
      renewMs,
      renew: () => this.renew(job),
    });
    const progress = new ProgressReporter({
      write: latest => this.writeProgress(job, latest),
      intervalMs: PROGRESS_INTERVAL_MS,
    });
    try {
      const { entry } = context;
      const report = await this.collect(job, { term, progress, entry });
      await progress.stop();
      return report;
    } finally {
      term.end();
    }
  }

  private async collect(
    { lease }: ClaimedJob,
    context: { term: JobTerm; progress: ProgressReporter; entry: ClusterEntry },
  ): Promise<RunReport> {
    const { term, progress, entry } = context;
    try {
      const entered = await entry.enter(lease, term);
      if ('problem' in entered) {
        return emptyReport(entered.problem);
      }
      const report = await term.within(() =>
        this.options.runJob({
          lease,
          connection: entered.connection,
          signal: term.signal,
          onProgress: latest => progress.report(latest),
        }),
      );
      return report.problem && term.endedBy
        ? { ...report, problem: problemOf(report.problem, term) }
        : report;
    } catch (error) {
      const problem = problemOf(error, term);
      if (problem.code === 'internal') {
        this.options.logger.error(
          `Collecting ${lease.collector} from cluster ${lease.clusterName} failed in Roadbed itself`,
          error as Error,
        );
      }
      return emptyReport(problem);
    }
  }

  private async renew(job: ClaimedJob): Promise<boolean> {
    const { collector, clusterName } = job.lease;
    try {
      return await this.options.leases.renew(job.lease);
    } catch (error) {
      // If the lease is really lost, the next write of the run says so.
      this.options.logger.warn(
        `The lease for ${collector} of cluster ${clusterName} could not be renewed`,
        error as Error,
      );
      return true;
    }
  }

  private async writeProgress(
    job: ClaimedJob,
    latest: Parameters<LeaseStore['progress']>[1],
  ) {
    try {
      await this.options.leases.progress(job.lease, latest);
    } catch (error) {
      // Only the display is late; the run itself goes on.
      this.options.logger.warn(
        `Progress of ${job.lease.collector} of cluster ${job.lease.clusterName} could not be stored`,
        error as Error,
      );
    }
  }
}

/** The report of a run that did not come to collect anything. */
function emptyReport(problem: RunProblem): RunReport {
  return {
    outcome: 'error',
    pages: 0,
    requests: 0,
    bytes: 0,
    applied: {
      objects: 0,
      upserted: 0,
      inserted: 0,
      deleted: 0,
      unchanged: 0,
      duplicates: 0,
    },
    resourceVersion: null,
    problem,
  };
}
