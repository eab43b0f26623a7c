import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type {
  ClusterListOutcome,
  CollectMetrics,
} from '../collect/CollectMetrics';
import type { ClaimedJob } from '../collect/queue/LeaseStore';
import type { RecordedRun } from '../collect/queue/RunRecorder';
import { counterOf, histogramOf } from './instruments';
import { metricDefinitions as m } from './metricDefinitions';

/** Problems that are no cluster's fault. */
const RARE_PROBLEMS = ['internal', 'count_mismatch', 'lease_lost'] as const;

/** Keeps the figures of collection in the metrics service. */
export class MeteredCollection implements CollectMetrics {
  readonly #instruments: ReturnType<typeof createInstruments>;

  constructor(metrics: MetricsService) {
    this.#instruments = createInstruments(metrics);
    this.#beginAtZero();
  }

  claimed(jobs: readonly ClaimedJob[]): void {
    const { claims, lateness } = this.#instruments;
    claims.add(1, { outcome: 'success' });
    for (const { lateMs } of jobs) lateness.record(lateMs / 1_000, {});
  }

  claimFailed(): void {
    this.#instruments.claims.add(1, { outcome: 'error' });
  }

  runEnded(run: RecordedRun): void {
    const i = this.#instruments;
    const { report, held, breaker } = run;
    const { lease } = run.job;
    const durationMs = run.finishedAt - run.startedAt;
    const { outcome, problem, applied } = report;
    const collector = { collector: lease.collector };
    i.runs.add(1, { ...collector, outcome });
    i.duration.record(durationMs / 1_000, { ...collector, outcome });
    if (problem) i.problems.add(1, { code: problem.code });
    i.objects.add(applied.objects, collector);
    i.pages.add(report.pages, collector);
    i.requests.add(report.requests, collector);
    i.bytes.add(report.bytes, collector);
    const changes = {
      inserted: applied.inserted,
      updated: applied.upserted - applied.inserted,
      deleted: applied.deleted,
      unchanged: applied.unchanged,
    };
    for (const [change, count] of Object.entries(changes)) {
      i.writes.add(count, { ...collector, change });
    }
    if (!held || problem?.code === 'lease_lost') {
      i.lostLeases.add(1, {});
    }
    if (breaker) i.breakerChanges.add(1, { change: breaker });
  }

  clusterListRead(outcome: ClusterListOutcome): void {
    this.#instruments.clusterListReads.add(1, { outcome });
  }

  /**
   * Prometheus can not see the first increase of a counter that was not there
   * before; what is rare, and what alerts wait for, must be there as zero.
   */
  #beginAtZero(): void {
    const i = this.#instruments;
    i.lostLeases.add(0, {});
    for (const code of RARE_PROBLEMS) i.problems.add(0, { code });
    for (const change of ['opened', 'closed']) {
      i.breakerChanges.add(0, { change });
    }
    for (const outcome of ['success', 'error']) {
      i.claims.add(0, { outcome });
      i.clusterListReads.add(0, { outcome });
    }
  }
}

function createInstruments(metrics: MetricsService) {
  return {
    runs: counterOf(metrics, m.runs),
    problems: counterOf(metrics, m.problems),
    duration: histogramOf(metrics, m.runDuration),
    lateness: histogramOf(metrics, m.lateness),
    objects: counterOf(metrics, m.objects),
    pages: counterOf(metrics, m.pages),
    requests: counterOf(metrics, m.requests),
    bytes: counterOf(metrics, m.bytes),
    writes: counterOf(metrics, m.writes),
    lostLeases: counterOf(metrics, m.lostLeases),
    breakerChanges: counterOf(metrics, m.breakerChanges),
    claims: counterOf(metrics, m.claims),
    clusterListReads: counterOf(metrics, m.clusterListReads),
  };
}
