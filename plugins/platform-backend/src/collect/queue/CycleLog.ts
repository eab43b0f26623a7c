import type { LoggerService } from '@backstage/backend-plugin-api';
import type { FinishedRun } from './JobRunner';
import type { ClaimedJob } from './LeaseStore';

/**
 * One log line per cycle instead of one per run, and one for each cluster that
 * stops or starts to answer.
 */
export class CycleLog {
  private runs = { success: 0, partial: 0, error: 0 };
  private readonly clusters = new Set<number>();
  private objects = 0;
  private changes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: {
      logger: LoggerService;
      /** How long a cycle is. */
      intervalMs: number;
    },
  ) {}

  add(job: ClaimedJob, run: FinishedRun): void {
    const { logger, intervalMs } = this.options;
    const { clusterId, clusterName, collector } = job.lease;
    const { report, breaker } = run;
    if (breaker === 'opened') {
      logger.warn(
        `Cluster ${clusterName} gives no answer (${report.problem?.code}); it is only probed until it does, and its last data is kept: ${report.problem?.message}`,
      );
    }
    if (breaker === 'closed') {
      logger.info(`Cluster ${clusterName} answers again`);
    }
    if (report.problem?.code === 'count_mismatch') {
      logger.error(`${collector}: ${report.problem.message}`);
    }
    this.runs[report.outcome]++;
    this.clusters.add(clusterId);
    this.objects += report.applied.objects;
    this.changes += report.applied.upserted + report.applied.deleted;
    this.timer ??= setTimeout(() => this.flush(), intervalMs).unref();
  }

  /** Logs what was counted since the last line, if anything. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { success, partial, error } = this.runs;
    if (this.clusters.size === 0) {
      return;
    }
    this.options.logger.info(
      `Collected from ${this.clusters.size} clusters: ${success} runs complete, ${partial} partial, ${error} failed; ${this.objects} objects, ${this.changes} changes`,
    );
    this.runs = { success: 0, partial: 0, error: 0 };
    this.clusters.clear();
    this.objects = 0;
    this.changes = 0;
  }
}
