import {
  getClusterRoute,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
  platformHealthReadPermission,
  type ApiRoute,
  type Cluster,
  type Collection,
  type exportClustersRoute,
  type exportCollectionsRoute,
  type exportWorkloadsRoute,
  type Facets,
  type FleetSummary,
  type getClusterFacetsRoute,
  type getWorkloadFacetsRoute,
  type Health,
  type ParsedRouteQuery,
  type RouteResponse,
  type Workload,
} from '@roadbed/backstage-plugin-platform-common';
import type { QueueState } from '../collect/queue/LeaseStore';
import type { HistoryStore } from '../collect/store/HistoryStore';
import type { LedgerStore } from '../collect/store/LedgerStore';
import type { PlatformConfig } from '../config/platformConfig';
import type { Cursors } from '../http/Cursors';
import type { Position } from '../collect/store/keysetPage';
import type { CatalogStore } from '../catalog/CatalogStore';
import { ALL_CLUSTERS, type Caller, type ClusterScope } from './access/Caller';
import { clusterKey, clusterPage } from './clusterList';
import { ledgerFilter, toCollection } from './collectionList';
import { everyPage } from './exports/everyPage';
import { clusterFacets } from './facets';
import { entityFacet, ownerFacet, workloadFacets } from './workloadFacets';
import {
  clusterView,
  isoOrNull,
  type ClusterView,
  type CollectorInfo,
} from './clusterView';
import { fleetSummary } from './fleetSummary';
import type { FleetStore } from './FleetStore';
import { health } from './health';
import { noSuchCluster } from './noSuchCluster';
import { pageInfo } from './pageInfo';
import { ownershipFor, readableOrUnknown, workloadView } from './workloadView';
import { workloadId, type OwnershipStore } from './ownership/OwnershipStore';
import { readableFilter } from './ownership/readableFilter';
import type {
  StoredWorkload,
  WorkloadFilter,
  WorkloadStore,
} from './WorkloadStore';

type Response<R extends ApiRoute> = Promise<RouteResponse<R>>;

/** For callers who may not see every cluster. */
const LIST_PROBLEM = `The list of clusters has a problem, so that some of them may be missing or out of date; who has the permission ${platformHealthReadPermission.name} finds it at /health`;

/** The fleet, as rooms and routes ask for it: stored rows with the rules applied. */
export class FleetService {
  constructor(
    private readonly options: {
      fleet: FleetStore;
      workloads: WorkloadStore;
      owners: OwnershipStore;
      catalog: CatalogStore;
      ledger: LedgerStore;
      history: HistoryStore;
      cursors: Cursors;
      collectors: readonly CollectorInfo[];
      config: PlatformConfig['fleet'];
      clusterListIntervalMs: number;
      /** How full the queue is. */
      queue(): Promise<QueueState>;
      /** This process. */
      replica(): Health['replica'];
    },
  ) {}

  async summary({ clusters }: Caller): Promise<FleetSummary> {
    const { workloads, catalog } = this.options;
    const [{ clusterList, ...fleet }, catalogIndex, total, unowned] =
      await Promise.all([
        this.#views(clusters),
        catalog.info(),
        workloads.count(clusters, {}),
        workloads.count(clusters, { ownership: 'unowned' }),
      ]);
    return fleetSummary({
      ...fleet,
      clusterList: {
        ...clusterList,
        // Problems of the list name clusters, hidden ones too.
        error:
          clusterList.error !== null && clusters !== ALL_CLUSTERS
            ? LIST_PROBLEM
            : clusterList.error,
      },
      catalogIndex,
      ownership:
        catalogIndex.asOf === null ? null : { owned: total - unowned, unowned },
    });
  }

  /**
   * Clusters that the caller may see, with their verdicts.
   *
   * @param rowIds - those of these rows; all of them when absent
   */
  async clusters(
    { clusters: scope }: Caller,
    rowIds?: number[],
  ): Promise<ClusterView[]> {
    const { views } = await this.#views(scope, rowIds && { rowIds });
    return views;
  }

  /**
   * Workloads as they are served: with their owners that the caller may read.
   *
   * @param known - verdicts on clusters that need not be read again
   */
  async workloadsOf(
    rows: StoredWorkload[],
    caller: Caller,
    known: readonly ClusterView[] = [],
  ): Promise<Workload[]> {
    const { owners } = this.options;
    const knownIds = new Set(known.map(view => view.stored.rowId));
    const rowIds = new Set(
      rows
        .map(({ clusterId }) => clusterId)
        .filter(rowId => !knownIds.has(rowId)),
    );
    const [others, stored] = await Promise.all([
      rowIds.size > 0 ? this.clusters(caller, [...rowIds]) : [],
      owners.ownersOf(rows),
    ]);
    const views = [...known, ...others];
    const refs = new Set(
      [...stored.values()].flat().map(({ entityRef }) => entityRef),
    );
    const readable = await readableOrUnknown(caller, [...refs]);
    const viewById = new Map(views.map(view => [view.stored.rowId, view]));
    return rows.map(row =>
      workloadView(row, {
        view: viewById.get(row.clusterId),
        ...ownershipFor(row, stored.get(workloadId(row)) ?? [], readable),
      }),
    );
  }

  async health(): Promise<Health> {
    const { fleet, queue, clusterListIntervalMs, replica, config } =
      this.options;
    const [{ now, clusterList }, queueState, listedNames] = await Promise.all([
      fleet.listState(),
      queue(),
      fleet.listedNames(),
    ]);
    return health({
      now,
      clusterList,
      queue: queueState,
      clusterListIntervalMs,
      listedNames,
      configuredNames: config.clusters.map(({ name }) => name),
      databaseClient: fleet.databaseClient,
      replica: replica(),
    });
  }

  async listClusters(
    query: ParsedRouteQuery<typeof listClustersRoute>,
    caller: Caller,
  ): Response<typeof listClustersRoute> {
    const position = this.#position(listClustersRoute, query);
    const { views } = await this.#views(caller.clusters);
    const page = clusterPage(
      views.map(({ cluster }) => cluster),
      query,
      position,
    );
    return {
      items: page.rows,
      totalItems: page.total,
      pageInfo: pageInfo({
        cursors: this.options.cursors,
        query: cursorQuery(listClustersRoute, query),
        page,
        keyOf: cluster => clusterKey(cluster, query.sort),
      }),
    };
  }

  /** @throws NotFoundError when no cluster that the caller may see has this name */
  async getCluster(
    name: string,
    { clusters: scope }: Caller,
  ): Response<typeof getClusterRoute> {
    const { fleet, history } = this.options;
    const { views } = await this.#views(scope, { name });
    const [view] = views;
    if (!view) {
      throw noSuchCluster(name);
    }
    const { stored, cluster, coverage, support } = view;
    const [otherNames, previous, days] = await Promise.all([
      fleet.otherNames(scope, stored),
      fleet.previousIdentities(name),
      history.list(stored.rowId),
    ]);
    return {
      ...cluster,
      support,
      access: stored.access,
      identity: {
        uid: stored.uid,
        verifiedAt: isoOrNull(stored.verifiedAt),
        otherNames,
        previous: previous.map(({ uid, firstSeenAt, replacedAt }) => ({
          uid,
          firstSeenAt: new Date(firstSeenAt).toISOString(),
          replacedAt: new Date(replacedAt).toISOString(),
        })),
      },
      coverage,
      nodePools: stored.facts?.nodePools ?? [],
      history: days.map(({ day, version, nodes, workloads }) => ({
        day,
        version,
        nodes,
        workloads,
      })),
    };
  }

  /** The clusters that pass the filters, for an export. */
  async *exportClusters(
    query: ParsedRouteQuery<typeof exportClustersRoute>,
    caller: Caller,
  ): AsyncIterable<Cluster> {
    yield* everyPage(place =>
      this.listClusters({ ...query, ...place }, caller),
    );
  }

  async clusterFacets(
    query: ParsedRouteQuery<typeof getClusterFacetsRoute>,
    caller: Caller,
  ): Promise<Facets> {
    const { views } = await this.#views(caller.clusters);
    return clusterFacets(
      views.map(({ cluster }) => cluster),
      query,
    );
  }

  async listWorkloads(
    query: ParsedRouteQuery<typeof listWorkloadsRoute>,
    caller: Caller,
  ): Response<typeof listWorkloadsRoute> {
    const filter = await this.#workloadFilter(query, caller);
    const [page, totalItems] = await Promise.all([
      this.#workloadPage(query, filter, caller),
      this.options.workloads.count(caller.clusters, filter),
    ]);
    return { ...page, totalItems };
  }

  /** The workloads that pass the filters, for an export. */
  async *exportWorkloads(
    query: ParsedRouteQuery<typeof exportWorkloadsRoute>,
    caller: Caller,
  ): AsyncIterable<Workload> {
    const filter = await this.#workloadFilter(query, caller);
    const known = await this.clusters(caller);
    yield* everyPage(place =>
      this.#workloadPage({ ...query, ...place }, filter, caller, known),
    );
  }

  async workloadFacets(
    query: ParsedRouteQuery<typeof getWorkloadFacetsRoute>,
    caller: Caller,
  ): Promise<Facets> {
    const { workloads } = this.options;
    const common = { workloads, caller };
    const [filter, anyEntity, anyOwner] = await Promise.all([
      this.#workloadFilter(query, caller),
      this.#workloadFilter({ ...query, entity: undefined }, caller),
      this.#workloadFilter({ ...query, owner: undefined }, caller),
    ]);
    const [{ totalItems, facets }, entity, owner] = await Promise.all([
      workloadFacets({ ...common, filter }),
      entityFacet({ ...common, filter: anyEntity }),
      ownerFacet({ ...common, filter: anyOwner }),
    ]);
    return { totalItems, facets: [...facets, entity, owner] };
  }

  async listCollections(
    query: ParsedRouteQuery<typeof listCollectionsRoute>,
    caller: Caller,
  ): Response<typeof listCollectionsRoute> {
    const [page, totalItems] = await Promise.all([
      this.#collectionPage(query, caller),
      this.options.ledger.count(ledgerFilter(query, caller.clusters)),
    ]);
    return { ...page, totalItems };
  }

  /** The runs that pass the filters, for an export. */
  async *exportCollections(
    query: ParsedRouteQuery<typeof exportCollectionsRoute>,
    caller: Caller,
  ): AsyncIterable<Collection> {
    yield* everyPage(place =>
      this.#collectionPage({ ...query, ...place }, caller),
    );
  }

  async #workloadPage(
    query: ParsedRouteQuery<typeof listWorkloadsRoute>,
    filter: WorkloadFilter,
    caller: Caller,
    known?: readonly ClusterView[],
  ) {
    const { workloads, cursors } = this.options;
    const { sort, order, limit } = query;
    const page = await workloads.page({
      scope: caller.clusters,
      filter,
      sort,
      order,
      limit,
      position: this.#position(listWorkloadsRoute, query),
    });
    return {
      items: await this.workloadsOf(page.rows, caller, known),
      pageInfo: pageInfo({
        cursors,
        query: cursorQuery(listWorkloadsRoute, query),
        page,
        keyOf: workload => workloads.keyOf(workload, sort),
      }),
    };
  }

  /** What is asked for, as far as the caller may ask for it. */
  async #workloadFilter(
    query: ParsedRouteQuery<typeof getWorkloadFacetsRoute>,
    caller: Caller,
  ): Promise<WorkloadFilter> {
    const { q, cluster, namespace, kind, status, image } = query;
    return {
      ...{ q, cluster, namespace, kind, status, image },
      ...(await readableFilter(this.options.owners, query, caller)),
    };
  }

  async #collectionPage(
    query: ParsedRouteQuery<typeof listCollectionsRoute>,
    { clusters: scope }: Caller,
  ) {
    const { ledger, cursors } = this.options;
    const { order, limit } = query;
    const page = await ledger.page({
      filter: ledgerFilter(query, scope),
      order,
      limit,
      position: this.#position(listCollectionsRoute, query),
    });
    return {
      items: page.rows.map(toCollection),
      pageInfo: pageInfo({
        cursors,
        query: cursorQuery(listCollectionsRoute, query),
        page,
        keyOf: entry => ledger.keyOf(entry),
      }),
    };
  }

  #position(
    route: { operationId: string },
    query: { cursor?: string },
  ): Position | undefined {
    return query.cursor === undefined
      ? undefined
      : this.options.cursors.decode(query.cursor, cursorQuery(route, query));
  }

  async #views(
    scope: ClusterScope,
    only?: Parameters<FleetStore['snapshot']>[1],
  ) {
    const { fleet, collectors } = this.options;
    const [{ clusters, coverage, now, clusterList }, names] = await Promise.all(
      [fleet.snapshot(scope, only), fleet.clusterNames(scope)],
    );
    const views: ClusterView[] = clusters.map(stored =>
      clusterView({
        stored,
        coverage: coverage.get(stored.rowId) ?? [],
        collectors,
        nameOf: rowId => names.get(rowId),
        now,
      }),
    );
    return { views, clusterList, now };
  }
}

function cursorQuery(
  route: { operationId: string },
  query: Record<string, unknown>,
) {
  return { operationId: route.operationId, query };
}
