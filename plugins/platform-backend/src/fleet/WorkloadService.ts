import {
  listWorkloadsRoute,
  type exportWorkloadsRoute,
  type Facets,
  type getWorkloadFacetsRoute,
  type ParsedRouteQuery,
  type RouteResponse,
  type Workload,
} from '@roadbed/backstage-plugin-platform-common';
import type { Cursors } from '../http/Cursors';
import type { Caller } from './access/Caller';
import type { ClusterBrief } from './clusterBrief';
import { everyPage } from './exports/everyPage';
import type { FleetService } from './FleetService';
import { workloadId, type OwnershipStore } from './ownership/OwnershipStore';
import { readableFilter } from './ownership/readableFilter';
import { pageInfo, positionOf } from './pageInfo';
import { entityFacet, ownerFacet, workloadFacets } from './workloadFacets';
import type { WorkloadFilter, WorkloadStore } from './WorkloadStore';
import type { StoredWorkload } from './storedWorkload';
import { ownershipFor, readableOrUnknown, workloadView } from './workloadView';

type MaybePromise<T> = T | Promise<T>;

const { operationId } = listWorkloadsRoute;

/** The workloads of the fleet, with their owners. */
export class WorkloadService {
  constructor(
    private readonly options: {
      fleet: FleetService;
      workloads: WorkloadStore;
      owners: OwnershipStore;
      cursors: Cursors;
    },
  ) {}

  /**
   * Workloads as they are served: with their owners that the caller may read.
   *
   * @param known - verdicts on clusters that need not be read again
   */
  async served(
    rows: StoredWorkload[],
    caller: Caller,
    known: MaybePromise<readonly ClusterBrief[]> = [],
  ): Promise<Workload[]> {
    const [clusters, stored] = await Promise.all([
      this.#clustersOf(rows, caller, known),
      this.options.owners.ownersOf(rows),
    ]);
    const refs = new Set(
      [...stored.values()].flat().map(({ entityRef }) => entityRef),
    );
    const readable = await readableOrUnknown(caller, [...refs]);
    return rows.map(row =>
      workloadView(row, {
        cluster: clusters.get(row.clusterId),
        ...ownershipFor(row, stored.get(workloadId(row)) ?? [], readable),
      }),
    );
  }

  async #clustersOf(
    rows: StoredWorkload[],
    caller: Caller,
    known: MaybePromise<readonly ClusterBrief[]>,
  ): Promise<Map<number, ClusterBrief>> {
    const clusters = new Map(
      (await known).map(brief => [brief.rowId, brief] as const),
    );
    const unknown = new Set(
      rows
        .map(({ clusterId }) => clusterId)
        .filter(rowId => !clusters.has(rowId)),
    );
    for (const brief of await this.options.fleet.briefs(caller, [...unknown])) {
      clusters.set(brief.rowId, brief);
    }
    return clusters;
  }

  async list(
    query: ParsedRouteQuery<typeof listWorkloadsRoute>,
    caller: Caller,
  ): Promise<RouteResponse<typeof listWorkloadsRoute>> {
    const filter = await this.#filter(query, caller);
    const [page, totalItems] = await Promise.all([
      this.#page(query, filter, caller),
      this.options.workloads.count(caller.clusters, filter),
    ]);
    return { ...page, totalItems };
  }

  /** The workloads that pass the filters, for an export. */
  async *export(
    query: ParsedRouteQuery<typeof exportWorkloadsRoute>,
    caller: Caller,
  ): AsyncIterable<Workload> {
    const filter = await this.#filter(query, caller);
    const known = await this.options.fleet.briefs(caller);
    yield* everyPage(place =>
      this.#page({ ...query, ...place }, filter, caller, known),
    );
  }

  async facets(
    query: ParsedRouteQuery<typeof getWorkloadFacetsRoute>,
    caller: Caller,
  ): Promise<Facets> {
    const { workloads } = this.options;
    const common = { workloads, caller };
    const [filter, anyEntity, anyOwner] = await Promise.all([
      this.#filter(query, caller),
      this.#filter({ ...query, entity: undefined }, caller),
      this.#filter({ ...query, owner: undefined }, caller),
    ]);
    const [{ totalItems, facets }, entity, owner] = await Promise.all([
      workloadFacets({ ...common, filter }),
      entityFacet({ ...common, filter: anyEntity }),
      ownerFacet({ ...common, filter: anyOwner }),
    ]);
    return { totalItems, facets: [...facets, entity, owner] };
  }

  async #page(
    query: ParsedRouteQuery<typeof listWorkloadsRoute>,
    filter: WorkloadFilter,
    caller: Caller,
    known?: readonly ClusterBrief[],
  ) {
    const { workloads, cursors } = this.options;
    const { sort, order, limit } = query;
    const page = await workloads.page({
      scope: caller.clusters,
      filter,
      sort,
      order,
      limit,
      position: positionOf(cursors, { operationId, query }, query.cursor),
    });
    return {
      items: await this.served(page.rows, caller, known),
      pageInfo: pageInfo({
        cursors,
        query: { operationId, query },
        page,
        keyOf: workload => workloads.keyOf(workload, sort),
      }),
    };
  }

  /** What is asked for, as far as the caller may ask for it. */
  async #filter(
    query: ParsedRouteQuery<typeof getWorkloadFacetsRoute>,
    caller: Caller,
  ): Promise<WorkloadFilter> {
    const { q, cluster, namespace, kind, status, image } = query;
    return {
      ...{ q, cluster, namespace, kind, status, image },
      ...(await readableFilter(this.options.owners, query, caller)),
    };
  }
}
