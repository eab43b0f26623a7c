import type {
  Labels,
  OwnershipRule,
} from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import { chunks, whereInArray } from '../../collect/store/dialect';
import {
  keysetPage,
  type KeysetPage,
  type Position,
} from '../../collect/store/keysetPage';
import { groupBy } from '../../groupBy';
import type { ClusterScope } from '../access/Caller';
import { WORKLOAD_COLLECTORS } from '../workloadCollectors';
import { readOwnable } from './ownableObjects';

/** An owner of a workload as it is stored. */
export interface StoredOwner {
  entityRef: string;
  ownerRef: string | null;
  rule: OwnershipRule;
  detail: string;
}

/** An entity on a cluster. */
export interface EntityOnCluster {
  entityRef: string;
  clusterId: number;
  cluster: string;
  workloads: number;
}

interface OwnerRow {
  cluster_id: number;
  key: string;
  entity_ref: string;
  owner_ref: string | null;
  rule: OwnershipRule;
  detail: string;
}

const COLUMNS = ['o.entity_ref', 'c.name', 'c.id'] as const;

/** Reads whose workloads are. */
export class OwnershipStore {
  constructor(private readonly options: { knex: Knex }) {}

  /** The owners of workloads, by {@link workloadId}. */
  async ownersOf(
    workloads: ReadonlyArray<{ clusterId: number; key: string }>,
  ): Promise<Map<string, StoredOwner[]>> {
    const owners = new Map<string, StoredOwner[]>();
    for (const part of chunks(workloads, 500)) {
      const rows: OwnerRow[] = await this.options
        .knex('fleet_workload_owners')
        .whereIn(
          ['cluster_id', 'key'],
          part.map(({ clusterId, key }) => [clusterId, key]),
        )
        .orderBy('entity_ref')
        .select(
          'cluster_id',
          'key',
          'entity_ref',
          'owner_ref',
          'rule',
          'detail',
        );
      for (const row of rows) {
        const id = workloadId({ clusterId: row.cluster_id, key: row.key });
        const list = owners.get(id) ?? [];
        list.push({
          entityRef: row.entity_ref,
          ownerRef: row.owner_ref,
          rule: row.rule,
          detail: row.detail,
        });
        owners.set(id, list);
      }
    }
    return owners;
  }

  /** Entities with workloads that these groups or users own, or systems contain. */
  async entitiesThrough(
    column: 'owner_ref' | 'system_ref',
    refs: readonly string[],
  ): Promise<string[]> {
    const rows: Array<{ entity_ref: string }> = await whereInArray(
      this.options.knex('fleet_workload_owners'),
      column,
      refs,
    ).distinct('entity_ref');
    return rows.map(row => row.entity_ref);
  }

  /** The entities with workloads in a scope. */
  async entities(scope: ClusterScope, clusters?: string[]): Promise<string[]> {
    const rows: Array<{ entity_ref: string }> = await this.#running(
      scope,
      clusters,
    ).distinct('o.entity_ref');
    return rows.map(row => row.entity_ref);
  }

  /** One page of which entities run on which clusters, and how many pairs there are. */
  async entityClusters(options: {
    scope: ClusterScope;
    clusters?: string[];
    entityRefs: readonly string[];
    limit: number;
    position?: Position;
  }): Promise<KeysetPage<EntityOnCluster> & { total: number }> {
    const { knex } = this.options;
    const { scope, clusters, entityRefs, limit, position } = options;
    const pairs = whereInArray(
      this.#running(scope, clusters),
      'o.entity_ref',
      entityRefs,
    );
    const [{ count }] = await knex
      .from(pairs.clone().distinct('o.entity_ref', 'o.cluster_id').as('pairs'))
      .count({ count: '*' });
    type Row = { entity_ref: string; id: number; name: string; count: unknown };
    const page = await keysetPage<Row>({
      knex,
      query: pairs
        .groupBy([...COLUMNS])
        .select([...COLUMNS])
        .count({ count: '*' }),
      columns: COLUMNS,
      order: 'asc',
      limit,
      position,
    });
    return {
      ...page,
      total: Number(count),
      rows: page.rows.map(row => ({
        entityRef: row.entity_ref,
        clusterId: row.id,
        cluster: row.name,
        workloads: Number(row.count),
      })),
    };
  }

  /** The labels of workloads, by {@link workloadId}. */
  async labelsOf(
    workloads: ReadonlyArray<{ clusterId: number; key: string }>,
  ): Promise<Map<string, Labels>> {
    const byCluster = groupBy(workloads, ({ clusterId }) => clusterId);
    const labels = new Map<string, Labels>();
    for (const [clusterId, wanted] of byCluster) {
      const rows = await readOwnable(this.options.knex, {
        clusterId,
        collectors: WORKLOAD_COLLECTORS,
        keys: wanted.map(({ key }) => key),
      });
      for (const { key, doc } of rows) {
        labels.set(workloadId({ clusterId, key }), doc.labels ?? {});
      }
    }
    return labels;
  }

  /** For namespaces, the entity that owns most of their workloads. */
  async mainOwners(
    namespaces: ReadonlyArray<{ clusterId: number; namespace: string }>,
  ): Promise<Map<string, string>> {
    if (namespaces.length === 0) return new Map();
    const { knex } = this.options;
    // Distinct, so that SQLite does not begin with all owners of the clusters.
    const workloads = knex('fleet_workloads')
      .whereIn(
        ['cluster_id', 'namespace'],
        namespaces.map(({ clusterId, namespace }) => [clusterId, namespace]),
      )
      .distinct('cluster_id', 'namespace', 'key');
    const rows: Array<{
      cluster_id: number;
      namespace: string;
      entity_ref: string;
    }> = await knex
      .from(workloads.as('w'))
      .join({ o: 'fleet_workload_owners' }, join =>
        join.on('o.cluster_id', 'w.cluster_id').on('o.key', 'w.key'),
      )
      .groupBy('w.cluster_id', 'w.namespace', 'o.entity_ref')
      .orderByRaw('count(*), o.entity_ref desc')
      .select('w.cluster_id', 'w.namespace', 'o.entity_ref');
    // In rising order, so that the one with most workloads stays.
    return new Map(
      rows.map(row => [
        namespaceId({ clusterId: row.cluster_id, namespace: row.namespace }),
        row.entity_ref,
      ]),
    );
  }

  #running(scope: ClusterScope, clusters?: string[]): Knex.QueryBuilder {
    const query = this.options
      .knex({ o: 'fleet_workload_owners' })
      .join({ c: 'clusters' }, 'c.id', 'o.cluster_id')
      .where('c.active', true)
      .whereNull('c.duplicate_of');
    scope.narrow(query, 'o.cluster_id');
    if (clusters) query.whereIn('c.name', clusters);
    return query;
  }
}

/** Unique over the fleet. */
export function workloadId(row: { clusterId: number; key: string }): string {
  return `${row.clusterId}.${row.key}`;
}

/** Unique over the fleet. */
export function namespaceId(row: {
  clusterId: number;
  namespace: string;
}): string {
  return `${row.clusterId}.${row.namespace}`;
}
