import type {
  Cluster,
  NodePool,
} from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import { parseJson, readNow, toMillis } from '../collect/store/dialect';
import type {
  BooleanValue,
  ClusterBreakerRow,
  ClusterListStateRow,
  ClusterRow,
  CollectCoverageRow,
  CollectJobRow,
  JsonValueOf,
} from '../collect/store/tables';
import { groupBy } from '../groupBy';
import { ALL_CLUSTERS, type ClusterScope } from './access/Caller';
import type { ClusterAttributeRow } from './attributes/ClusterAttributes';
import type { StoredCluster, StoredCoverage } from './clusterView';
import { storedBreaker } from './storedBreaker';

interface FleetClusterRow {
  cluster_id: number;
  git_version: string | null;
  minor: string | null;
  emulated: BooleanValue | null;
  nodes_total: number | null;
  nodes_ready: number | null;
  namespaces: number | null;
  workloads_total: number | null;
  workloads_not_ready: number | null;
  pods_total: number | null;
  pods_ready: number | null;
  node_pools: JsonValueOf<NodePool[]> | null;
}

/** Everything that verdicts on clusters are made of, as of one instant. */
export interface FleetSnapshot {
  /** Epoch milliseconds of the database's clock. */
  now: number;
  clusters: StoredCluster[];
  coverage: Map<number, StoredCoverage[]>;
  clusterList: { syncedAt: number | null; error: string | null };
}

type JobKey = Pick<CollectJobRow, 'cluster_id' | 'collector'>;
type CoverageColumns = Omit<CollectCoverageRow, 'complete_rv'>;

/** A collector that has not ended a run yet. */
const NEVER_RUN: Omit<StoredCoverage, 'collector'> = Object.freeze({
  objects: 0,
  completeAt: null,
  attemptAt: null,
  problem: null,
  dueAt: null,
  progress: null,
});

/** What a snapshot is to hold. */
export interface SnapshotOptions {
  /** The cluster that is wanted; all of them when absent. */
  only?: { name: string };
  /** Also when each collector is due, and how far it is. */
  withJobs?: boolean;
}

/** Reads clusters; the room never writes here. */
export class FleetStore {
  constructor(private readonly options: { knex: Knex }) {}

  /**
   * The clusters of the portal's list in a scope with all that is known about
   * their state, in eight queries however many there are.
   */
  async snapshot(
    scope: ClusterScope,
    { only, withJobs = false }: SnapshotOptions = {},
  ): Promise<FleetSnapshot> {
    const { knex } = this.options;
    const clusters = knex<ClusterRow>('clusters').where({ active: true });
    scope.narrow(clusters, 'clusters.id');
    if (only) clusters.where({ name: only.name });
    const rows: ClusterRow[] = await clusters.orderBy('name');
    const isWhole = scope === ALL_CLUSTERS && only === undefined;
    const ids = isWhole ? undefined : rows.map(({ id }) => id);
    const [{ now, clusterList }, facts, breakers, attributes, coverage] =
      await Promise.all([
        this.listState(),
        inClusters(knex<FleetClusterRow>('fleet_clusters'), ids),
        inClusters(knex<ClusterBreakerRow>('cluster_breakers'), ids),
        inClusters(knex<ClusterAttributeRow>('fleet_cluster_attributes'), ids),
        this.#coverage(ids, withJobs),
      ]);
    const attributesById = groupBy(
      attributes as ClusterAttributeRow[],
      row => row.cluster_id,
    );
    const factsById = byCluster(facts as FleetClusterRow[]);
    const breakersById = byCluster(breakers as ClusterBreakerRow[]);
    return {
      now,
      clusters: rows.map(row =>
        storedCluster(row, {
          facts: factsById.get(row.id),
          breaker: breakersById.get(row.id),
          attributes: attributesById.get(row.id) ?? [],
        }),
      ),
      coverage,
      clusterList,
    };
  }

  /** How the cluster list is doing, and what time it is in the database. */
  async listState(): Promise<Pick<FleetSnapshot, 'now' | 'clusterList'>> {
    const { knex } = this.options;
    const [now, row] = await Promise.all([
      readNow(knex),
      knex<ClusterListStateRow>('cluster_list_state').first(),
    ]);
    return {
      now,
      clusterList: {
        syncedAt: toMillis(row?.synced_at ?? null),
        error: row?.error ?? null,
      },
    };
  }

  /** Which database this is, as knex calls it. */
  get databaseClient(): string {
    return this.options.knex.client.config.client;
  }

  /** Names of these rows that are in a scope, by row id. */
  async clusterNames(
    scope: ClusterScope,
    rowIds: readonly number[],
  ): Promise<Map<number, string>> {
    if (rowIds.length === 0) return new Map();
    const query = this.options
      .knex<ClusterRow>('clusters')
      .whereIn('id', rowIds);
    scope.narrow(query, 'clusters.id');
    const rows = await query.select('id', 'name');
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Names of the clusters in the portal's list. */
  async listedNames(): Promise<string[]> {
    const rows = await this.options
      .knex<ClusterRow>('clusters')
      .where({ active: true })
      .orderBy('name')
      .select('name');
    return rows.map(({ name }) => name);
  }

  /** Other names of a scope that lead to the same cluster. */
  async otherNames(
    scope: ClusterScope,
    cluster: StoredCluster,
  ): Promise<string[]> {
    if (cluster.uid === null) return [];
    const query = this.options
      .knex<ClusterRow>('clusters')
      .where({ active: true, uid: cluster.uid })
      .whereNot({ id: cluster.rowId });
    scope.narrow(query, 'clusters.id');
    const rows = await query.orderBy('name').select('name');
    return rows.map(({ name }) => name);
  }

  /** Clusters that the name led to before, newest first. */
  async previousIdentities(
    name: string,
  ): Promise<
    Array<{ uid: string | null; firstSeenAt: number; replacedAt: number }>
  > {
    const rows = await this.options
      .knex<ClusterRow>('clusters')
      .where({ name, active: false })
      .whereNotNull('replaced_at')
      .orderBy('replaced_at', 'desc');
    return rows.map(row => ({
      uid: row.uid,
      firstSeenAt: toMillis(row.first_seen_at),
      replacedAt: Number(row.replaced_at),
    }));
  }

  /** @param withJobs - also when each is due, and how far it is */
  async #coverage(
    ids: number[] | undefined,
    withJobs: boolean,
  ): Promise<Map<number, StoredCoverage[]>> {
    const { knex } = this.options;
    const [rows, jobs]: [CoverageColumns[], CollectJobRow[]] =
      await Promise.all([
        inClusters(knex<CollectCoverageRow>('collect_coverage'), ids).select(
          'cluster_id',
          'collector',
          'objects',
          'complete_at',
          'attempt_at',
          'problem',
        ),
        withJobs ? inClusters(knex<CollectJobRow>('collect_jobs'), ids) : [],
      ]);
    const entries = new Map<string, StoredCoverage>();
    const result = new Map<number, StoredCoverage[]>();
    const add = (row: JobKey, entry: StoredCoverage) => {
      entries.set(jobKey(row), entry);
      const group = result.get(row.cluster_id);
      if (group) group.push(entry);
      else result.set(row.cluster_id, [entry]);
    };
    for (const row of rows) add(row, storedCoverage(row));
    for (const job of jobs) {
      const known = entries.get(jobKey(job));
      if (known) Object.assign(known, jobOf(job));
      else add(job, { ...NEVER_RUN, collector: job.collector, ...jobOf(job) });
    }
    return result;
  }
}

function inClusters<T extends Knex.QueryBuilder>(
  query: T,
  ids: number[] | undefined,
): T {
  return ids === undefined ? query : (query.whereIn('cluster_id', ids) as T);
}

function byCluster<T extends { cluster_id: number }>(rows: T[]) {
  return new Map(rows.map(row => [row.cluster_id, row]));
}

function jobKey(row: JobKey): string {
  return `${row.cluster_id}/${row.collector}`;
}

function storedCoverage(row: CoverageColumns): StoredCoverage {
  return {
    collector: row.collector,
    objects: row.objects,
    completeAt: toMillis(row.complete_at),
    attemptAt: toMillis(row.attempt_at),
    problem: parseJson(row.problem),
    dueAt: null,
    progress: null,
  };
}

function jobOf(job: CollectJobRow): Pick<StoredCoverage, 'dueAt' | 'progress'> {
  return {
    dueAt: toMillis(job.due_at),
    progress:
      job.lease_until_at === null || job.progress_objects === null
        ? null
        : { objects: job.progress_objects, expected: job.progress_expected },
  };
}

function storedCluster(
  row: ClusterRow,
  {
    facts,
    breaker,
    attributes,
  }: {
    facts: FleetClusterRow | undefined;
    breaker: ClusterBreakerRow | undefined;
    attributes: ClusterAttributeRow[];
  },
): StoredCluster {
  return {
    rowId: row.id,
    name: row.name,
    title: row.title,
    uid: row.uid,
    access: row.access,
    accessProblem: parseJson(row.access_problem),
    duplicateOf: row.duplicate_of,
    missingSince: toMillis(row.missing_since_at),
    verifiedAt: toMillis(row.verified_at),
    ...storedAttributes(attributes),
    breaker: breaker ? storedBreaker(breaker) : null,
    facts: facts
      ? {
          gitVersion: facts.git_version,
          minor: facts.minor,
          emulated: Boolean(facts.emulated),
          nodesTotal: facts.nodes_total,
          nodesReady: facts.nodes_ready,
          namespaces: facts.namespaces,
          workloadsTotal: facts.workloads_total,
          workloadsNotReady: facts.workloads_not_ready,
          podsTotal: facts.pods_total,
          podsReady: facts.pods_ready,
          nodePools: parseJson(facts.node_pools) ?? [],
        }
      : null,
  };
}

function storedAttributes(
  rows: ClusterAttributeRow[],
): Pick<StoredCluster, 'attributes' | 'entityRef'> {
  const attributes: Record<string, Cluster['attributes']['environment']> = {};
  let entityRef: string | null = null;
  for (const { attribute, value, origin, detail, conflicts } of rows) {
    if (attribute === 'entity') {
      entityRef = value;
    } else if (attribute !== 'name') {
      const disagreeing = parseJson(conflicts);
      attributes[attribute] = {
        value,
        origin,
        ...(detail !== null && { detail }),
        ...(disagreeing && { conflicts: disagreeing }),
      };
    }
  }
  return { attributes, entityRef };
}
