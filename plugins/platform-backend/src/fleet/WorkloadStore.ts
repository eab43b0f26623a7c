import {
  NOT_READY_STATUSES,
  WORKLOAD_STATUSES_WORST_FIRST,
  workloadKindSchema,
  type WorkloadKind,
  type WorkloadStatus,
} from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import { isPostgres, whereInArray } from '../collect/store/dialect';
import type { BigIntValue } from '../collect/store/tables';
import type { ClusterScope } from './access/Caller';
import {
  keysetPage,
  likePattern,
  type KeysetPage,
  type Position,
} from '../collect/store/keysetPage';
import {
  LISTED,
  toWorkload,
  type StoredWorkload,
  type WorkloadListRow,
} from './storedWorkload';
import { KIND_BY_COLLECTOR, workloadCollectorsOf } from './workloadCollectors';

/** What narrows a list of workloads; several values of one field are alternatives. */
export interface WorkloadFilter {
  q?: string;
  cluster?: string[];
  namespace?: string[];
  kind?: WorkloadKind[];
  status?: WorkloadStatus[];
  image?: string;
  ownership?: 'unowned';
  /** References of entities, as alternatives; `anyEntity` narrows further. */
  entity?: readonly string[];
  anyEntity?: readonly string[];
}

/** How many workloads there are in a cluster. */
export interface ClusterCount {
  clusterId: number;
  total: number;
  notReady: number;
}

/** The columns that each sort goes by; the last two make every row unique. */
const SORTS = {
  name: ['w.name', 'w.cluster_id', 'w.key'],
  namespace: ['w.namespace', 'w.name', 'w.cluster_id', 'w.key'],
  cluster: ['c.name', 'w.namespace', 'w.name', 'w.key'],
  kind: ['w.kind', 'w.name', 'w.cluster_id', 'w.key'],
  status: ['w.status_rank', 'w.name', 'w.cluster_id', 'w.key'],
} as const;

/** What a list of workloads can be sorted by. */
export type WorkloadSort = keyof typeof SORTS;

const ALL_KINDS = workloadKindSchema.options.length;

/** Reads the workloads of the clusters in the portal's list. */
export class WorkloadStore {
  readonly #kinds: WorkloadKind[];

  /** @param options.collectors - ids of the collectors that run */
  constructor(
    private readonly options: { knex: Knex; collectors: readonly string[] },
  ) {
    this.#kinds = workloadCollectorsOf(options.collectors).map(
      id => KIND_BY_COLLECTOR[id],
    );
  }

  /** One page of the workloads that pass a filter. */
  async page(options: {
    scope: ClusterScope;
    filter: WorkloadFilter;
    sort: WorkloadSort;
    order: 'asc' | 'desc';
    limit: number;
    position?: Position;
  }): Promise<KeysetPage<StoredWorkload>> {
    const { knex } = this.options;
    const { scope, filter, sort, ...page } = options;
    const query = this.#matching(scope, filter, sort);
    if (sort === 'cluster' && page.position) {
      // Implied by the position, but indices can not be searched with a
      // comparison of columns of two tables.
      const { key, direction } = page.position;
      const ascending = (page.order === 'asc') === (direction === 'after');
      query.where('c.name', ascending ? '>=' : '<=', key[0] as string);
    }
    const result = await keysetPage<WorkloadListRow>({
      knex,
      query: query.select(...LISTED, knex.ref('c.name').as('cluster')),
      columns: SORTS[sort],
      ...page,
    });
    return { ...result, rows: result.rows.map(toWorkload) };
  }

  /** How many workloads pass a filter. */
  async count(scope: ClusterScope, filter: WorkloadFilter): Promise<number> {
    const [{ count }] = await this.#matching(scope, filter).count({
      count: '*',
    });
    return Number(count);
  }

  /** How many workloads there are of each value of a column, under a filter. */
  async countBy(
    scope: ClusterScope,
    filter: WorkloadFilter,
    column: 'c.name' | 'w.namespace' | 'w.kind' | 'w.status',
  ): Promise<Map<string, number>> {
    const rows: Array<{ value: string; count: number | string }> =
      await this.#matching(scope, filter)
        .groupBy(column)
        .select({ value: column })
        .count({ count: '*' });
    return new Map(rows.map(({ value, count }) => [value, Number(count)]));
  }

  /** How many workloads belong to each entity, under a filter. */
  async countByEntity(
    scope: ClusterScope,
    filter: WorkloadFilter,
  ): Promise<Map<string, number>> {
    const rows: Array<{ value: string; count: number | string }> =
      await this.#withOwners(scope, filter)
        .groupBy('o.entity_ref')
        .select({ value: 'o.entity_ref' })
        .count({ count: '*' });
    return new Map(rows.map(({ value, count }) => [value, Number(count)]));
  }

  /**
   * How many workloads belong to entities of each owner, under a filter.
   *
   * @param entityRefs - the entities that count; all of them when absent
   */
  async countByOwner(
    scope: ClusterScope,
    filter: WorkloadFilter,
    entityRefs?: readonly string[],
  ): Promise<Map<string, number>> {
    const withOwners = this.#withOwners(scope, filter);
    if (entityRefs) {
      // An expression, so that Postgres does not look up every entity in the
      // index for every workload: that took 9 s for 33,000 workloads.
      const ref = this.options.knex.raw(`o.entity_ref || ''`);
      whereInArray(withOwners, ref, entityRefs);
    }
    // Several entities of one owner can claim a workload; it is counted once.
    const owned = withOwners
      .whereNotNull('o.owner_ref')
      .distinct({ value: 'o.owner_ref' }, 'w.cluster_id', 'w.key');
    const rows: Array<{ value: string; count: number | string }> =
      await this.options.knex
        .from(owned.as('owned'))
        .groupBy('value')
        .select('value')
        .count({ count: '*' });
    return new Map(rows.map(({ value, count }) => [value, Number(count)]));
  }

  /**
   * The clusters that workloads are in and how many, under a filter; those with
   * most that are not ready first, then those that do not answer.
   */
  async countByCluster(
    scope: ClusterScope,
    filter: WorkloadFilter,
  ): Promise<ClusterCount[]> {
    const { knex } = this.options;
    const bad = knex.raw(
      `count(case when w.status in (${NOT_READY_STATUSES.map(() => '?').join(
        ', ',
      )}) then 1 end)`,
      [...NOT_READY_STATUSES],
    );
    const rows: Array<{
      id: number;
      name: string;
      missing_since_at: BigIntValue | null;
      total: number | string;
      bad: number | string;
      open_until_at: BigIntValue | null;
    }> = await this.#matching(scope, filter)
      .groupBy('c.id', 'c.name', 'c.missing_since_at')
      .select('c.id', 'c.name', 'c.missing_since_at', {
        total: knex.raw('count(*)'),
        bad,
        // Not joined: a cluster is looked up once, and no other is.
        open_until_at: knex('cluster_breakers')
          .whereRaw('cluster_id = c.id')
          .select('open_until_at'),
      });
    return rows
      .map(row => ({
        clusterId: row.id,
        name: row.name,
        away: row.missing_since_at !== null || row.open_until_at !== null,
        total: Number(row.total),
        notReady: Number(row.bad),
      }))
      .sort(
        (x, y) =>
          y.notReady - x.notReady ||
          Number(y.away) - Number(x.away) ||
          (x.name < y.name ? -1 : 1),
      );
  }

  /** The sort key of a row, for a cursor that points to it. */
  keyOf(workload: StoredWorkload, sort: WorkloadSort): Position['key'] {
    const values: Record<string, string | number> = {
      'w.name': workload.name,
      'w.namespace': workload.namespace,
      'w.kind': workload.kind,
      'w.status_rank': WORKLOAD_STATUSES_WORST_FIRST.indexOf(workload.status),
      'w.cluster_id': workload.clusterId,
      'w.key': workload.key,
      'c.name': workload.cluster,
    };
    return SORTS[sort].map(column => values[column]);
  }

  #withOwners(scope: ClusterScope, filter: WorkloadFilter): Knex.QueryBuilder {
    return this.#matching(scope, filter).join(
      { o: 'fleet_workload_owners' },
      join => join.on('o.cluster_id', 'w.cluster_id').andOn('o.key', 'w.key'),
    );
  }

  #matching(
    scope: ClusterScope,
    filter: WorkloadFilter,
    sort?: WorkloadSort,
  ): Knex.QueryBuilder {
    const query = this.#listed(filter, sort);
    const { knex } = this.options;
    const kinds = this.#kinds.filter(
      kind => filter.kind?.includes(kind) ?? true,
    );
    // A condition that every row meets makes planners choose a worse index.
    if (kinds.length < ALL_KINDS) query.whereIn('w.kind', kinds);
    scope.narrow(query, 'w.cluster_id');
    if (filter.cluster) query.whereIn('c.name', filter.cluster);
    if (filter.namespace) query.whereIn('w.namespace', filter.namespace);
    if (filter.status) query.whereIn('w.status', filter.status);
    if (filter.ownership === 'unowned') query.whereRaw('not w.owned');
    if (filter.entity && filter.anyEntity) {
      query.whereIn(
        ['w.cluster_id', 'w.key'],
        whereInArray(
          knex('fleet_workload_owners').select('cluster_id', 'key'),
          'entity_ref',
          filter.anyEntity,
        ),
      );
    }
    if (filter.q) {
      query.whereRaw(`lower(w.name) like ? escape '\\'`, [
        likePattern(filter.q),
      ]);
    }
    if (filter.image) {
      query.whereRaw(`w.image_text like ? escape '\\'`, [
        likePattern(filter.image),
      ]);
    }
    return query;
  }

  /** The workloads of entities, or all of them, each with its cluster. */
  #listed(filter: WorkloadFilter, sort?: WorkloadSort): Knex.QueryBuilder {
    const { knex } = this.options;
    const owners = filter.entity ?? filter.anyEntity;
    if (owners) {
      return knex
        .from(this.#ownedOn(owners).as('c'))
        .join({ w: 'fleet_workloads' }, join =>
          join.on('w.cluster_id', 'c.id').andOn('w.key', 'c.key'),
        );
    }
    if (sort === 'cluster' && filter.ownership === undefined) {
      return this.#clusterByCluster();
    }
    return knex({ w: 'fleet_workloads' })
      .join({ c: 'clusters' }, 'c.id', 'w.cluster_id')
      .where('c.active', true)
      .whereNull('c.duplicate_of');
  }

  /**
   * The workloads of one cluster after the other, so that a page that is sorted
   * by clusters reads the clusters that it shows and sorts within each.
   *
   * @remarks
   * SQLite takes the tables of a cross join in the order in which they are
   * written, and finds the index of the names of active clusters only by the
   * words that the index has. By itself it reads and sorts all workloads.
   */
  #clusterByCluster(): Knex.QueryBuilder {
    return this.options
      .knex({ c: 'clusters' })
      .crossJoin({ w: 'fleet_workloads' } as never)
      .whereRaw('w.cluster_id = c.id')
      .whereRaw('c.active')
      .whereNull('c.duplicate_of');
  }

  /**
   * The keys of the workloads of any of these entities, each with the columns of
   * its cluster that lists need.
   *
   * @remarks
   * Begins with the owners, which are few, and joins the clusters to them before
   * anything else: Postgres takes a join with two columns of `fleet_workloads`
   * for far more selective than it is and would go through all clusters once for
   * every workload, SQLite through all workloads. `distinct` keeps both from
   * taking this apart.
   *
   * Postgres would also read all clusters there are to join the few of an
   * entity, so that its card took longer in a larger fleet; it looks up an array
   * whose length it does not know.
   */
  #ownedOn(entityRefs: readonly string[]): Knex.QueryBuilder {
    const { knex } = this.options;
    const owned = (owners: Knex.QueryBuilder) =>
      whereInArray(owners, 'o.entity_ref', entityRefs);
    const query = knex({ o: 'fleet_workload_owners' })
      .join({ k: 'clusters' }, 'k.id', 'o.cluster_id')
      .where('k.active', true)
      .whereNull('k.duplicate_of')
      .distinct('k.id', 'k.name', 'k.missing_since_at', 'o.key');
    if (isPostgres(knex)) {
      const clusters = owned(
        knex({ o: 'fleet_workload_owners' }).distinct('o.cluster_id'),
      );
      query.whereRaw('k.id = any(array ?)', [clusters]);
    }
    return owned(query);
  }
}
