/**
 * The rows of Roadbed's tables, as the drivers give them: Postgres returns
 * `bigint` as text and `jsonb` parsed, SQLite the other way round. Read them
 * with {@link toMillis} and {@link parseJson}.
 */

/** An instant or a counter of 64 bits as a driver returns it. */
export type BigIntValue = number | string;

/** A document as a driver returns it. */
export type JsonValueOf<T> = T | string;

/** A boolean as a driver returns it: SQLite has only 0 and 1. */
export type BooleanValue = boolean | 0 | 1;

/** Why there is no way in to a cluster. */
export interface AccessProblem {
  /** Stable machine-readable code. */
  code: string;
  /** One sentence for a person. */
  message: string;
  /** What to do, where there is something to do. */
  remedy?: string;
}

/** Why the last attempt of a collector was not complete. */
export interface CoverageProblem {
  /** Stable machine-readable code. */
  code: string;
  message: string;
  /** The RBAC rule that would help, when that is the cause. */
  missingRule?: { apiGroups: string[]; resources: string[]; verbs: string[] };
}

export interface ClusterRow {
  id: number;
  name: string;
  title: string | null;
  uid: string | null;
  auth_provider: string;
  access: 'direct' | 'proxy' | null;
  access_problem: JsonValueOf<AccessProblem> | null;
  duplicate_of: number | null;
  active: BooleanValue;
  first_seen_at: BigIntValue;
  last_listed_at: BigIntValue;
  missing_since_at: BigIntValue | null;
  verified_at: BigIntValue | null;
  replaced_at: BigIntValue | null;
  removed_at: BigIntValue | null;
}

export interface ClusterListStateRow {
  id: 1;
  synced_at: BigIntValue | null;
  error: string | null;
}

export interface CollectJobRow {
  cluster_id: number;
  collector: string;
  due_at: BigIntValue;
  lease_until_at: BigIntValue | null;
  lease_owner: string | null;
  epoch: BigIntValue;
  fails: number;
  started_at: BigIntValue | null;
  progress_objects: number | null;
  progress_expected: number | null;
}

export interface ClusterBreakerRow {
  cluster_id: number;
  fails: number;
  open_until_at: BigIntValue | null;
  unreachable_since_at: BigIntValue | null;
  last_error_code: string | null;
  last_error_message: string | null;
  last_success_at: BigIntValue | null;
}

export interface CollectCoverageRow {
  cluster_id: number;
  collector: string;
  objects: number;
  complete_at: BigIntValue | null;
  complete_rv: string | null;
  attempt_at: BigIntValue | null;
  problem: JsonValueOf<CoverageProblem> | null;
}

/** How a run ended. */
export type RunOutcome = 'success' | 'partial' | 'error';

export interface CollectRunRow {
  id: string;
  cluster_id: number;
  collector: string;
  started_at: BigIntValue;
  finished_at: BigIntValue;
  outcome: RunOutcome;
  objects: number;
  pages: number;
  requests: number;
  bytes: BigIntValue;
  upserted: number;
  deleted: number;
  unchanged: number;
  resource_version: string | null;
  code: string | null;
  message: string | null;
  replica: string;
  epoch: BigIntValue;
}

export interface ObservedObjectRow {
  cluster_id: number;
  collector: string;
  key: string;
  namespace: string | null;
  name: string;
  hash: string;
  doc: JsonValueOf<object>;
}

export interface ClusterHistoryRow {
  cluster_id: number;
  day: string;
  version: string | null;
  nodes: number | null;
  workloads: number | null;
}

/**
 * Every table whose rows belong to one cluster through `cluster_id`: what is
 * deleted when a cluster is given up for good. A room that adds such a table
 * adds it here.
 */
export const CLUSTER_TABLES = [
  'collect_jobs',
  'cluster_breakers',
  'collect_coverage',
  'collect_runs',
  'observed_objects',
  'cluster_history',
  'fleet_clusters',
  'fleet_workloads',
  'fleet_cluster_attributes',
  'fleet_workload_owners',
] as const;
