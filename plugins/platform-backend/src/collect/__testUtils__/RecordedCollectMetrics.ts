import type { ClusterListOutcome, CollectMetrics } from '../CollectMetrics';
import type { ClaimedJob } from '../queue/LeaseStore';
import type { RecordedRun } from '../queue/RunRecorder';

/** What collection told about itself, in order. */
export class RecordedCollectMetrics implements CollectMetrics {
  readonly claims: Array<readonly ClaimedJob[] | 'failed'> = [];
  readonly runs: RecordedRun[] = [];
  readonly listReads: ClusterListOutcome[] = [];

  claimed(jobs: readonly ClaimedJob[]): void {
    this.claims.push(jobs);
  }

  claimFailed(): void {
    this.claims.push('failed');
  }

  runEnded(run: RecordedRun): void {
    this.runs.push(run);
  }

  clusterListRead(outcome: ClusterListOutcome): void {
    this.listReads.push(outcome);
  }
}
