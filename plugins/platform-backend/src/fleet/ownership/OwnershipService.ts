import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  clusterStateSchema,
  listEntityClustersRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
  selectorsOf,
  type ApiRoute,
  type EntityCluster,
  type EntityMatch,
  type exportEntityWorkloadsRoute,
  type exportUnownedWorkloadsRoute,
  type Facets,
  type getUnownedFacetsRoute,
  type OwnershipHint,
  type ParsedRouteQuery,
  type RouteParams,
  type RouteResponse,
  type UnownedWorkload,
  type Workload,
} from '@roadbed/backstage-plugin-platform-common';
import type { CatalogIndex } from '../../catalog/CatalogIndex';
import type { CatalogStore } from '../../catalog/CatalogStore';
import type { Cursors } from '../../http/Cursors';
import type { Caller } from '../access/Caller';
import type { ClusterBrief } from '../clusterBrief';
import type { FleetService } from '../FleetService';
import type { WorkloadService } from '../WorkloadService';
import { everyPage } from '../exports/everyPage';
import { pageInfo, positionOf } from '../pageInfo';
import { workloadFacets } from '../workloadFacets';
import type {
  ClusterCount,
  WorkloadFilter,
  WorkloadStore,
} from '../WorkloadStore';
import type { StoredWorkload } from '../storedWorkload';
import { NO_HINT, ownershipHints } from './ownershipHints';
import { namespaceId, workloadId, type OwnershipStore } from './OwnershipStore';

type Response<R extends ApiRoute> = Promise<RouteResponse<R>>;

/** What belongs to nobody. */
const UNOWNED: WorkloadFilter = Object.freeze({ ownership: 'unowned' });

/** Clusters that a card lists; there can be hundreds. */
const MAX_CLUSTERS = 50;

/** Whose workloads are, and where entities run. */
export class OwnershipService {
  constructor(
    private readonly options: {
      fleet: FleetService;
      workloadService: WorkloadService;
      workloads: WorkloadStore;
      owners: OwnershipStore;
      catalog: CatalogStore;
      index: CatalogIndex;
      cursors: Cursors;
    },
  ) {}

  /** Workloads that belong to nobody, each with what would change that. */
  async listUnowned(
    query: ParsedRouteQuery<typeof listUnownedWorkloadsRoute>,
    caller: Caller,
  ): Response<typeof listUnownedWorkloadsRoute> {
    const { workloads, catalog } = this.options;
    const [page, totalItems, catalogIndex] = await Promise.all([
      this.#unownedPage(query, caller),
      workloads.count(caller.clusters, both(filterOf(query), UNOWNED)),
      catalog.info(),
    ]);
    return { ...page, totalItems, catalogIndex };
  }

  /** The unowned workloads that pass the filters, for an export. */
  async *exportUnowned(
    query: ParsedRouteQuery<typeof exportUnownedWorkloadsRoute>,
    caller: Caller,
  ): AsyncIterable<UnownedWorkload> {
    const known = await this.options.fleet.briefs(caller);
    yield* everyPage(place =>
      this.#unownedPage({ ...query, ...place }, caller, known),
    );
  }

  /** What unowned workloads can be filtered by. */
  async unownedFacets(
    query: ParsedRouteQuery<typeof getUnownedFacetsRoute>,
    caller: Caller,
  ): Promise<Facets> {
    const { workloads } = this.options;
    return workloadFacets({ workloads, caller, filter: both(query, UNOWNED) });
  }

  /**
   * Where an entity runs.
   *
   * @throws NotFoundError when there is no such entity or the caller may not
   *   read it; the error is the same
   */
  async listEntityWorkloads(
    params: RouteParams<typeof listEntityWorkloadsRoute>,
    query: ParsedRouteQuery<typeof listEntityWorkloadsRoute>,
    caller: Caller,
  ): Response<typeof listEntityWorkloadsRoute> {
    const entityRef = stringifyEntityRef(params);
    // Together, because asking the catalog takes as long as all the rest.
    const [readable, answer] = await Promise.allSettled([
      this.#assertReadable(entityRef, caller),
      this.#entityWorkloads(entityRef, query, caller),
    ]);
    if (readable.status === 'rejected') throw readable.reason;
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  }

  /** Where an entity runs, whoever may read it. */
  async #entityWorkloads(
    entityRef: string,
    query: ParsedRouteQuery<typeof listEntityWorkloadsRoute>,
    caller: Caller,
  ): Response<typeof listEntityWorkloadsRoute> {
    const { fleet, catalog, workloads, workloadService } = this.options;
    const { match, filter } = await this.#match(entityRef, caller);
    const wanted = filterOf(query);
    const isFiltered = Object.values(wanted).some(value => value !== undefined);
    const [{ rows, info }, counts, catalogIndex] = await Promise.all([
      this.#page(listEntityWorkloadsRoute, query, {
        caller,
        filter,
        entityRef,
      }),
      workloads.countByCluster(caller.clusters, filter),
      catalog.info(),
    ]);
    const total = sumOf(counts, count => count.total);
    const worst = counts.slice(0, MAX_CLUSTERS);
    const briefs = fleet.briefs(caller, [
      ...new Set([...worst, ...rows].map(({ clusterId }) => clusterId)),
    ]);
    const [items, clusters, totalItems] = await Promise.all([
      workloadService.served(rows, caller, briefs),
      briefs.then(known => entityClusters(worst, known)),
      isFiltered
        ? workloads.count(caller.clusters, both(wanted, filter))
        : total,
    ]);
    return {
      entityRef,
      asOf: new Date().toISOString(),
      match,
      catalogIndex,
      clusters,
      totals: {
        clusters: counts.length,
        workloads: total,
        notReady: sumOf(counts, ({ notReady }) => notReady),
      },
      items,
      totalItems,
      pageInfo: info,
    };
  }

  /**
   * The workloads of an entity that pass the filters, for an export.
   *
   * @throws NotFoundError as {@link listEntityWorkloads} does
   */
  async *exportEntityWorkloads(
    params: RouteParams<typeof exportEntityWorkloadsRoute>,
    query: ParsedRouteQuery<typeof exportEntityWorkloadsRoute>,
    caller: Caller,
  ): AsyncIterable<Workload> {
    const entityRef = stringifyEntityRef(params);
    await this.#assertReadable(entityRef, caller);
    const { filter } = await this.#match(entityRef, caller);
    const known = await this.options.fleet.briefs(caller);
    yield* everyPage(async place => {
      const { rows, info } = await this.#page(
        listEntityWorkloadsRoute,
        { ...query, ...place },
        { caller, filter, entityRef },
      );
      return {
        items: await this.options.workloadService.served(rows, caller, known),
        pageInfo: info,
      };
    });
  }

  /** Which entities run on which clusters, as far as the caller may see both. */
  async listEntityClusters(
    query: ParsedRouteQuery<typeof listEntityClustersRoute>,
    caller: Caller,
  ): Response<typeof listEntityClustersRoute> {
    const { owners, catalog, cursors } = this.options;
    const { operationId } = listEntityClustersRoute;
    const running = await owners.entities(caller.clusters, query.cluster);
    const readable = await caller.readableRefs(running);
    const page = await owners.entityClusters({
      scope: caller.clusters,
      clusters: query.cluster,
      entityRefs: [...readable],
      limit: query.limit,
      position: positionOf(cursors, { operationId, query }, query.cursor),
    });
    return {
      items: page.rows.map(({ clusterId, ...row }) => row),
      totalItems: page.total,
      pageInfo: pageInfo({
        cursors,
        query: { operationId, query },
        page,
        keyOf: row => [row.entityRef, row.cluster, row.clusterId],
      }),
      catalogIndex: await catalog.info(),
    };
  }

  /** @throws NotFoundError also when there is no such entity */
  async #assertReadable(entityRef: string, caller: Caller): Promise<void> {
    const readable = await caller.readEntities([entityRef]);
    if (!readable.has(entityRef)) {
      throw new NotFoundError(
        `There is no entity ${entityRef} in the catalog, or you may not read it`,
      );
    }
  }

  async #unownedPage(
    query: ParsedRouteQuery<typeof listUnownedWorkloadsRoute>,
    caller: Caller,
    known?: readonly ClusterBrief[],
  ) {
    const { rows, info } = await this.#page(listUnownedWorkloadsRoute, query, {
      caller,
      filter: UNOWNED,
    });
    const [items, hints] = await Promise.all([
      this.options.workloadService.served(rows, caller, known),
      this.#hints(rows, caller),
    ]);
    return {
      items: items.map(
        (item, place): UnownedWorkload => ({ ...item, hint: hints[place] }),
      ),
      pageInfo: info,
    };
  }

  /** How the workloads of an entity are found. */
  async #match(
    entityRef: string,
    caller: Caller,
  ): Promise<{ match: EntityMatch; filter: WorkloadFilter }> {
    const { owners, catalog } = this.options;
    const [entity] = await catalog.entities([entityRef]);
    const selection = entity
      ? selectorsOf(entity)
      : { selectors: [], problems: [] };
    const readableOf = async (refs: string[]) => [
      ...(await caller.readableRefs(refs)),
    ];
    switch (entity?.kind) {
      case 'group':
      case 'user': {
        const refs = await owners.entitiesThrough('owner_ref', [entityRef]);
        return {
          match: { through: 'owner', ...selection },
          filter: { anyEntity: await readableOf(refs) },
        };
      }
      case 'system':
      case 'domain': {
        const systems = await this.#systemsOf(entityRef);
        const refs = await owners.entitiesThrough('system_ref', systems);
        return {
          match: { through: 'system', ...selection },
          filter: { anyEntity: await readableOf([entityRef, ...refs]) },
        };
      }
      default:
        return entity?.describes
          ? {
              match: { through: 'cluster', ...selection },
              filter: { cluster: [entity.describes.name] },
            }
          : {
              match: { through: 'entity', ...selection },
              filter: { anyEntity: [entityRef] },
            };
    }
  }

  /** A system itself, or the systems of a domain and of the domains in it. */
  async #systemsOf(entityRef: string): Promise<string[]> {
    const { index } = await this.options.index.current();
    const parts = new Map<string, string[]>();
    for (const { entityRef: ref, domainRef } of index.values()) {
      if (domainRef === null) continue;
      const siblings = parts.get(domainRef);
      if (siblings) siblings.push(ref);
      else parts.set(domainRef, [ref]);
    }
    // Domains can be part of each other in a circle; a set grows once.
    const members = new Set([entityRef]);
    for (const member of members) {
      for (const part of parts.get(member) ?? []) members.add(part);
    }
    return [...members];
  }

  async #page(
    route: { operationId: string },
    query: ParsedRouteQuery<typeof listEntityWorkloadsRoute>,
    options: { caller: Caller; filter: WorkloadFilter; entityRef?: string },
  ) {
    const { workloads, cursors } = this.options;
    const { caller, entityRef } = options;
    const { sort, order, limit, cursor } = query;
    // A cursor of one entity's list is none of another's.
    const cursorQuery = {
      operationId: route.operationId,
      query: { ...query, entityRef },
    };
    const page = await workloads.page({
      scope: caller.clusters,
      filter: both(filterOf(query), options.filter),
      sort,
      order,
      limit,
      position: positionOf(cursors, cursorQuery, cursor),
    });
    return {
      rows: page.rows,
      info: pageInfo({
        cursors,
        query: cursorQuery,
        page,
        keyOf: row => workloads.keyOf(row, sort),
      }),
    };
  }

  /** For each workload the best hint that the caller may see. */
  async #hints(
    rows: StoredWorkload[],
    caller: Caller,
  ): Promise<OwnershipHint[]> {
    const { index, owners } = this.options;
    const [{ index: entities }, labels, neighbours] = await Promise.all([
      index.current(),
      owners.labelsOf(rows),
      owners.mainOwners(rows),
    ]);
    const candidates = rows.map(row =>
      ownershipHints(
        {
          ...row,
          labels: labels.get(workloadId(row)) ?? {},
          images: row.images.map(({ image }) => image),
          neighbour: neighbours.get(namespaceId(row)),
        },
        entities,
      ),
    );
    const refs = new Set(
      candidates.flat().flatMap(hint => hint.entityRef ?? []),
    );
    const readable = await caller.readEntities([...refs]);
    return rows.map((row, place) => {
      const hint =
        candidates[place].find(({ entityRef }) => readable.has(entityRef!)) ??
        NO_HINT;
      const title = readable.get(hint.entityRef ?? '')?.title;
      return {
        ...hint,
        ...(title && { title }),
        ...(row.ownerProblem !== null && { problem: row.ownerProblem }),
      };
    });
  }
}

/** What of a query narrows; the rest says which page, and in what order. */
function filterOf({
  sort,
  order,
  limit,
  cursor,
  ...filter
}: ParsedRouteQuery<typeof listUnownedWorkloadsRoute>): WorkloadFilter {
  return filter;
}

/** A filter that lets through what both let through. */
function both(wanted: WorkloadFilter, fixed: WorkloadFilter): WorkloadFilter {
  const cluster =
    wanted.cluster && fixed.cluster
      ? wanted.cluster.filter(name => fixed.cluster!.includes(name))
      : wanted.cluster ?? fixed.cluster;
  return { ...wanted, ...fixed, ...(cluster && { cluster }) };
}

/** Clusters as a card lists them, those that need somebody first. */
function entityClusters(
  counts: readonly ClusterCount[],
  briefs: readonly ClusterBrief[],
): EntityCluster[] {
  const briefById = new Map(briefs.map(brief => [brief.rowId, brief]));
  const order = clusterStateSchema.options;
  return counts
    .flatMap(({ clusterId, total, notReady }): EntityCluster[] => {
      const cluster = briefById.get(clusterId);
      // It left the list between two queries.
      if (!cluster) return [];
      return [
        {
          name: cluster.name,
          ...(cluster.title && { title: cluster.title }),
          environment: cluster.environment,
          state: cluster.state,
          reason: cluster.reasons[0]?.message ?? null,
          workloads: total,
          notReady,
          oldestDataAt: cluster.oldestDataAt,
        },
      ];
    })
    .sort(
      (a, b) =>
        b.notReady - a.notReady ||
        order.indexOf(a.state) - order.indexOf(b.state) ||
        (a.name < b.name ? -1 : 1),
    );
}

function sumOf<T>(items: T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
