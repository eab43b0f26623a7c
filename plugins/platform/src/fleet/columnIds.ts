/**
 * The columns that a portal can choose from, list by list. The first of each
 * names the row and is always there.
 *
 * @remarks
 * Part of the public contract: app-config and the props of the pages name them.
 */
export const CLUSTER_COLUMNS = [
  'name',
  'environment',
  'provider',
  'version',
  'support',
  'nodes',
  'workloads',
  'pods',
  'owner',
  'data',
  'state',
] as const;

/** What of them is shown unless a portal wants others: what fits side by side. */
export const DEFAULT_CLUSTER_COLUMNS: ReadonlyArray<
  (typeof CLUSTER_COLUMNS)[number]
> = CLUSTER_COLUMNS.filter(id => id !== 'pods' && id !== 'data');

/** As {@link CLUSTER_COLUMNS}, of lists of workloads. */
export const WORKLOAD_COLUMNS = [
  'name',
  'kind',
  'namespace',
  'cluster',
  'ready',
  'status',
  'owner',
  'image',
  'restarts',
  'data',
] as const;

/** As {@link CLUSTER_COLUMNS}, of the list of workloads without an owner. */
export const UNOWNED_COLUMNS = [
  'name',
  'namespace',
  'cluster',
  'hint',
  'resembles',
  'data',
] as const;

/** As {@link CLUSTER_COLUMNS}, of the ledger of collection runs. */
export const RUN_COLUMNS = [
  'collector',
  'outcome',
  'started',
  'duration',
  'objects',
  'changes',
  'bytes',
] as const;

/** Which columns the lists of the fleet's pages show, and in which order; all by default. @public */
export interface FleetColumns {
  clusters?: Array<(typeof CLUSTER_COLUMNS)[number]>;
  workloads?: Array<(typeof WORKLOAD_COLUMNS)[number]>;
  unowned?: Array<(typeof UNOWNED_COLUMNS)[number]>;
  runs?: Array<(typeof RUN_COLUMNS)[number]>;
}
