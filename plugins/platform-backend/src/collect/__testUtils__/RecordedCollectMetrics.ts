import type { ClusterListOutcome, CollectMetrics } from '../CollectMetrics';
import type { FinishedRun } from '../queue/JobRunner';
import type { ClaimedJob } from '../queue/LeaseStore';

/** What collection told about itself, in order. */
export class RecordedCollectMetrics implements CollectMetrics {
  readonly claims: Array<readonly ClaimedJob[] | 'failed'> = [];
  readonly runs: Array<{ job: ClaimedJob; run: FinishedRun }> = [];
  readonly listReads: ClusterListOutcome[] = [];

  claimed(jobs: readonly ClaimedJob[]): void {
    this.claims.push(jobs);
  }

  claimFailed(): void {
    this.claims.push('failed');
  }

  runEnded(job: ClaimedJob, run: FinishedRun): void {
    this.runs.push({ job, run });
  }

  clusterListRead(outcome: ClusterListOutcome): void {
    this.listReads.push(outcome);
  }
}
