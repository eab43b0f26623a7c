import {
  getClusterRoute,
  listClustersRoute,
  platformHealthReadPermission,
  type ApiRoute,
  type Cluster,
  type exportClustersRoute,
  type Facets,
  type FleetSummary,
  type getClusterFacetsRoute,
  type ParsedRouteQuery,
  type RouteResponse,
} from '@roadbed/backstage-plugin-platform-common';
import type { HistoryStore } from '../collect/store/HistoryStore';
import type { Cursors } from '../http/Cursors';
import type { CatalogStore } from '../catalog/CatalogStore';
import { ALL_CLUSTERS, type Caller, type ClusterScope } from './access/Caller';
import { clusterKey, clusterPage } from './clusterList';
import { everyPage } from './exports/everyPage';
import { clusterFacets } from './facets';
import { clusterBrief, type ClusterBrief } from './clusterBrief';
import type { ClusterBriefStore } from './ClusterBriefStore';
import type { CollectorInfo } from './clusterVerdict';
import { clusterView, type ClusterView } from './clusterView';
import { countByState, fleetSummary } from './fleetSummary';
import type { FleetStore, SnapshotOptions } from './FleetStore';
import { isoOrNull } from './isoOrNull';
import { noSuchCluster } from './noSuchCluster';
import { pageInfo, positionOf } from './pageInfo';
import type { WorkloadStore } from './WorkloadStore';

type Response<R extends ApiRoute> = Promise<RouteResponse<R>>;

/** For callers who may not see every cluster. */
const LIST_PROBLEM = `The list of clusters has a problem, so that some of them may be missing or out of date; who has the permission ${platformHealthReadPermission.name} finds it at /health`;

/** The clusters of the fleet, as rooms and routes ask for them: stored rows with the rules applied. */
export class FleetService {
  constructor(
    private readonly options: {
      fleet: FleetStore;
      briefs: ClusterBriefStore;
      workloads: WorkloadStore;
      catalog: CatalogStore;
      history: HistoryStore;
      cursors: Cursors;
      collectors: readonly CollectorInfo[];
    },
  ) {}

  async summary({ clusters }: Pick<Caller, 'clusters'>): Promise<FleetSummary> {
    const { workloads, catalog } = this.options;
    const [{ clusterList, ...fleet }, catalogIndex, total, unowned] =
      await Promise.all([
        this.#views(clusters, { withJobs: true }),
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
   * Clusters that the caller may see, with their verdicts, in no order.
   *
   * @param rowIds - those of these rows; all of them when absent
   */
  async briefs(
    { clusters: scope }: Caller,
    rowIds?: readonly number[],
  ): Promise<ClusterBrief[]> {
    if (rowIds?.length === 0) return [];
    const { briefs, collectors } = this.options;
    const { now, clusters } = await briefs.read(scope, rowIds);
    const nameOf = await this.#namesOfFirst(scope, clusters);
    return clusters.map(stored =>
      clusterBrief({ stored, collectors, nameOf, now }),
    );
  }

  /** How many clusters the caller may see, by their state. */
  async clusterCounts({
    clusters,
  }: Pick<Caller, 'clusters'>): Promise<FleetSummary['clusters']> {
    const { views } = await this.#views(clusters);
    return countByState(views);
  }

  async listClusters(
    query: ParsedRouteQuery<typeof listClustersRoute>,
    caller: Caller,
  ): Response<typeof listClustersRoute> {
    const { cursors } = this.options;
    const cursorQuery = { operationId: listClustersRoute.operationId, query };
    const position = positionOf(cursors, cursorQuery, query.cursor);
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
        cursors,
        query: cursorQuery,
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
    const { views } = await this.#views(scope, {
      only: { name },
      withJobs: true,
    });
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

  async #views(scope: ClusterScope, options?: SnapshotOptions) {
    const { fleet, collectors } = this.options;
    const { clusters, coverage, now, clusterList } = await fleet.snapshot(
      scope,
      options,
    );
    const nameOf = await this.#namesOfFirst(scope, clusters);
    const views: ClusterView[] = clusters.map(stored =>
      clusterView({
        stored,
        coverage: coverage.get(stored.rowId) ?? [],
        collectors,
        nameOf,
        now,
      }),
    );
    return { views, clusterList, now };
  }

  /** The names under which clusters are collected that have a second one. */
  async #namesOfFirst(
    scope: ClusterScope,
    clusters: ReadonlyArray<{ duplicateOf: number | null }>,
  ): Promise<(rowId: number) => string | undefined> {
    const names = await this.options.fleet.clusterNames(
      scope,
      clusters.flatMap(({ duplicateOf }) => duplicateOf ?? []),
    );
    return rowId => names.get(rowId);
  }
}
