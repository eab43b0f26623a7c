import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunOutcome } from '../store/tables';
import type { RecordedRun } from './RunRecorder';

/** What happened since the last line. */
interface Cycle {
  startedAt: number;
  clusters: Set<number>;
  runs: Record<RunOutcome, number>;
  /** Runs that were no success, by the code of their problem. */
  problems: Map<string, number>;
  objects: number;
  changes: number;
  busyMs: number;
  slowest: { durationMs: number; what: string };
  latestStartMs: number;
}

/**
 * One log line per cycle instead of one per run, and one for each cluster that
 * stops or starts to answer.
 */
export class CycleLog {
  private cycle: Cycle | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: {
      logger: LoggerService;
      /** How long a cycle is. */
      intervalMs: number;
    },
  ) {}

  add(run: RecordedRun): void {
    this.tellAtOnce(run);
    const cycle = (this.cycle ??= this.begin());
    const { job, report } = run;
    const { clusterId, clusterName, collector } = job.lease;
    const durationMs = run.finishedAt - run.startedAt;
    cycle.runs[report.outcome]++;
    if (report.problem) {
      const { code } = report.problem;
      cycle.problems.set(code, (cycle.problems.get(code) ?? 0) + 1);
    }
    cycle.clusters.add(clusterId);
    cycle.objects += report.applied.objects;
    cycle.changes += report.applied.upserted + report.applied.deleted;
    cycle.busyMs += durationMs;
    if (durationMs > cycle.slowest.durationMs) {
      const what = `${collector} of ${clusterName}`;
      cycle.slowest = { durationMs, what };
    }
    cycle.latestStartMs = Math.max(cycle.latestStartMs, job.lateMs);
  }

  /** Logs what was counted since the last line, if anything. */
  flush(): void {
    clearTimeout(this.timer);
    if (this.cycle) {
      this.options.logger.info(lineOf(this.cycle));
    }
    this.cycle = undefined;
  }

  private begin(): Cycle {
    const { intervalMs } = this.options;
    this.timer = setTimeout(() => this.flush(), intervalMs).unref();
    return {
      startedAt: performance.now(),
      clusters: new Set(),
      runs: { success: 0, partial: 0, error: 0 },
      problems: new Map(),
      objects: 0,
      changes: 0,
      busyMs: 0,
      slowest: { durationMs: -1, what: '' },
      latestStartMs: 0,
    };
  }

  /** What nobody should learn of minutes later. */
  private tellAtOnce({ job: { lease }, report, breaker }: RecordedRun) {
    const { logger } = this.options;
    if (breaker === 'opened') {
      logger.warn(
        `Cluster ${lease.clusterName} gives no answer (${report.problem?.code}); it is only probed until it does, and its last data is kept: ${report.problem?.message}`,
      );
    }
    if (breaker === 'closed') {
      logger.info(`Cluster ${lease.clusterName} answers again`);
    }
    if (report.problem?.code === 'count_mismatch') {
      logger.error(`${lease.collector}: ${report.problem.message}`);
    }
  }
}

function lineOf(cycle: Cycle): string {
  const { success, partial, error } = cycle.runs;
  const runs = success + partial + error;
  const problems = [...cycle.problems]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([code, count]) => `${count} ${code}`);
  return [
    `Collected from ${cycle.clusters.size} clusters in ${seconds(
      performance.now() - cycle.startedAt,
    )}: ${success} runs complete, ${partial} partial, ${error} failed${
      problems.length > 0 ? ` (${problems.join(', ')})` : ''
    }`,
    `${cycle.objects} objects, ${cycle.changes} changes`,
    `${seconds(cycle.busyMs / runs)} per run, the longest ${seconds(
      cycle.slowest.durationMs,
    )} (${cycle.slowest.what})`,
    `started up to ${seconds(cycle.latestStartMs)} late`,
  ].join('; ');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
