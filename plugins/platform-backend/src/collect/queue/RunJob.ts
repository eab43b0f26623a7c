import type { ClusterConnection } from '../ClusterConnection';
import type { Lease } from '../lease';
import type { ApplyResult, UnchangedList } from '../observations';
import type { CoverageProblem, RunOutcome } from '../store/tables';

/** How far a run has come. */
export interface RunProgress {
  objects: number;
  /** The server's estimate; `null` when it gives none. */
  expected: number | null;
}

/** One leased job, ready to run. */
export interface JobContext {
  lease: Lease;
  /** Leads to the cluster whose identity the lease's row is bound to. */
  connection: ClusterConnection;
  /** Aborts when the job's time is over, its lease is lost, or at shutdown. */
  signal: AbortSignal;
  /** May be called for every page; the queue thins it out. */
  onProgress(progress: RunProgress): void;
}

/** Why a run was not a success. */
export interface RunProblem extends CoverageProblem {
  /** When the server asked to be left alone for a while, in milliseconds. */
  retryAfterMs?: number;
}

/** What a run did, for the ledger, the coverage and the circuit breaker. */
export interface RunReport {
  outcome: RunOutcome;
  pages: number;
  requests: number;
  /** On the wire, before decompression. */
  bytes: number;
  /** Of the list writer, also when the list broke off. */
  applied: ApplyResult;
  resourceVersion: string | null;
  /** A complete list that changed nothing and is not on record yet. */
  unchanged?: UnchangedList;
  /** Absent exactly when the outcome is `success`. */
  problem?: RunProblem;
}

/**
 * Runs one collector against one cluster.
 *
 * @remarks
 * A failure of the cluster is a report, not an exception, so that what was
 * counted until then reaches the ledger. `complete()` of the list writer
 * records the coverage of a list that changed anything; the queue records
 * everything else.
 *
 * @throws LeaseLostError when another replica took the job over
 */
export type RunJob = (job: JobContext) => Promise<RunReport>;
