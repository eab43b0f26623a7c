import type { LoggerService } from '@backstage/backend-plugin-api';
import { MAX_IDENTITIES_PER_DAY } from '../bounds';
import type { ClusterConnection } from '../ClusterConnection';
import { ClusterError } from '../ClusterError';
import { LeaseLostError } from '../lease';
import type { IdentityBinding } from '../store/bindIdentity';
import type { ClusterStore } from '../store/ClusterStore';
import type { JobStore } from './JobStore';
import { JobTerm } from './JobTerm';
import type { ClaimedJob, LeaseStore } from './LeaseStore';
import { ProgressReporter } from './ProgressReporter';
import type { RunJob, RunProblem, RunReport } from './RunJob';
import type { RunEnd, RunRecorder } from './RunRecorder';
import { problemOf } from './runProblem';

/** Reads the UID of the kube-system namespace. @throws ClusterError */
export type ReadIdentity = (
  connection: ClusterConnection,
  signal: AbortSignal,
) => Promise<string>;

const PROGRESS_INTERVAL_MS = 1_000;

/** One run, ended and on record. */
export interface FinishedRun extends RunEnd {
  report: RunReport;
  /** From the claim to the row in the ledger. */
  durationMs: number;
}

/** Runs one claimed job from the connection to its row in the ledger. */
export class JobRunner {
  constructor(
    private readonly options: {
      logger: LoggerService;
      connect(clusterName: string): Promise<ClusterConnection>;
      readIdentity: ReadIdentity;
      runJob: RunJob;
      clusters: ClusterStore;
      jobs: JobStore;
      leases: LeaseStore;
      recorder: RunRecorder;
      /** How long one job may take. */
      budgetMs: number;
      /** How often a lease is renewed. */
      renewMs: number;
    },
  ) {}

  /**
   * Never throws for what a cluster does; every run leaves a row in the
   * ledger, also one that is aborted.
   *
   * @param shutdown - aborts the run when the process stops
   * @throws an error of the database that is not an outage
   */
  async run(job: ClaimedJob, shutdown: AbortSignal): Promise<FinishedRun> {
    const { recorder, budgetMs, renewMs } = this.options;
    const startedAt = performance.now();
    const term = new JobTerm({
      lease: job.lease,
      shutdown,
      budgetMs,
      renewMs,
      renew: () => this.renew(job),
    });
    const progress = new ProgressReporter({
      write: latest => this.writeProgress(job, latest),
      intervalMs: PROGRESS_INTERVAL_MS,
    });
    try {
      const report = await this.collect(job, { term, progress });
      await progress.stop();
      const end = await recorder.record(job, report);
      return { report, ...end, durationMs: performance.now() - startedAt };
    } finally {
      term.end();
    }
  }

  private async collect(
    job: ClaimedJob,
    context: { term: JobTerm; progress: ProgressReporter },
  ): Promise<RunReport> {
    const { connect, readIdentity, clusters, runJob } = this.options;
    const { lease } = job;
    const { term, progress } = context;
    try {
      const connection = await term.within(() => connect(lease.clusterName));
      const uid = await term.within(() =>
        readIdentity(connection, term.signal).catch(error =>
          this.withoutIdentity(lease.clusterId, error),
        ),
      );
      if (uid !== undefined) {
        const binding = await clusters.bindIdentity(lease.clusterId, uid);
        const problem = await this.otherCluster(job, binding);
        if (problem) {
          return emptyReport(problem);
        }
      }
      const report = await term.within(() =>
        runJob({
          lease,
          connection,
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

  /**
   * A cluster whose kube-system namespace may not be read can be collected
   * without an identity, but only as long as it never had one: from then on
   * there is something it could be mixed up with.
   */
  private async withoutIdentity(
    clusterId: number,
    error: unknown,
  ): Promise<undefined> {
    if (error instanceof ClusterError && error.code === 'forbidden') {
      const cluster = await this.options.clusters.get(clusterId);
      if (cluster.uid === null) {
        return undefined;
      }
    }
    throw error;
  }

  /** What keeps this job from running when its name leads elsewhere. */
  private async otherCluster(
    job: ClaimedJob,
    binding: IdentityBinding,
  ): Promise<RunProblem | undefined> {
    const { jobs, logger } = this.options;
    const { lease } = job;
    switch (binding.outcome) {
      case 'same':
        return undefined;
      case 'bound':
        // It may have been a duplicate until now, with one job only.
        await jobs.sync([binding.clusterId]);
        return undefined;
      case 'gone':
        throw new LeaseLostError(lease);
      case 'unsettled':
        return {
          code: 'identity_mismatch',
          message: `The name ${lease.clusterName} led to ${MAX_IDENTITIES_PER_DAY} clusters within a day and now to yet another one (another kube-system UID), which is not followed; what was collected before is kept. Check which clusters answer at the URL of ${lease.clusterName}: behind one load balancer there must be one cluster`,
        };
      case 'replaced': {
        await jobs.sync([lease.clusterId, binding.clusterId]);
        const message = `The name ${lease.clusterName} leads to another cluster now (another kube-system UID); what was collected before is kept apart`;
        logger.warn(message);
        return { code: 'identity_mismatch', message };
      }
      default:
        await jobs.sync([lease.clusterId, binding.clusterId]);
        return {
          code: 'duplicate',
          // Who may read this may not see that other cluster, so it is not named.
          message: `${lease.clusterName} is a cluster that is collected under another name (same kube-system UID)`,
        };
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
