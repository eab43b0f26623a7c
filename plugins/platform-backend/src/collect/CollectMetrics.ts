import type { ClaimedJob } from './queue/LeaseStore';
import type { RecordedRun } from './queue/RunRecorder';

/** What came of reading the list of clusters; `partial` when it has a problem. */
export type ClusterListOutcome = 'success' | 'partial' | 'error';

/**
 * What collection counts about itself.
 *
 * @remarks
 * Told once per run and per claim, never per page or object: counting must not
 * be felt. What is a state rather than an event is asked for when somebody
 * scrapes, see `observability/`.
 */
export interface CollectMetrics {
  /** The queue was asked for jobs that are due, and these were taken. */
  claimed(jobs: readonly ClaimedJob[]): void;
  /** The queue could not be asked. */
  claimFailed(): void;
  /** A run ended and is on record, also one whose lease was lost. */
  runEnded(run: RecordedRun): void;
  /** The Kubernetes plugin was asked for its clusters. */
  clusterListRead(outcome: ClusterListOutcome): void;
}
