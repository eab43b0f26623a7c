import { createApiRef, type ApiRef } from '@backstage/core-plugin-api';
import type {
  ClusterDetail,
  FleetSummary,
  Health,
  RouteQuery,
  RouteResponse,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';

/** What may be asked of the cluster list. @public */
export type ClustersQuery = RouteQuery<typeof listClustersRoute>;
/** What may be asked of the workload list. @public */
export type WorkloadsQuery = RouteQuery<typeof listWorkloadsRoute>;
/** What may be asked of the ledger. @public */
export type CollectionsQuery = RouteQuery<typeof listCollectionsRoute>;

/**
 * What the pages and cards ask of the backend.
 *
 * @remarks
 * Every method rejects with `ResponseError` of `@backstage/errors` when the
 * backend refuses, and with the browser's own error when it cannot be reached.
 *
 * @public
 */
export interface PlatformApi {
  getFleetSummary(): Promise<FleetSummary>;
  listClusters(
    query?: ClustersQuery,
  ): Promise<RouteResponse<typeof listClustersRoute>>;
  getCluster(params: { id: string }): Promise<ClusterDetail>;
  listWorkloads(
    query?: WorkloadsQuery,
  ): Promise<RouteResponse<typeof listWorkloadsRoute>>;
  listCollections(
    query?: CollectionsQuery,
  ): Promise<RouteResponse<typeof listCollectionsRoute>>;
  getHealth(): Promise<Health>;
}

/** The API that the pages and cards read from. @public */
export const platformApiRef: ApiRef<PlatformApi> = createApiRef<PlatformApi>({
  id: 'plugin.platform.api',
});
