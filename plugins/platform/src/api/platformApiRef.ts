import { createApiRef, type ApiRef } from '@backstage/core-plugin-api';
import type {
  PlatformApi,
  RouteQuery,
  listClustersRoute,
  listCollectionsRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';

/** What may be asked of the cluster list. */
export type ClustersQuery = RouteQuery<typeof listClustersRoute>;
/** What may be asked of the workload list. */
export type WorkloadsQuery = RouteQuery<typeof listWorkloadsRoute>;
/** What may be asked of the list of workloads without an owner. */
export type UnownedQuery = RouteQuery<typeof listUnownedWorkloadsRoute>;
/** What may be asked of the workloads of an entity. */
export type EntityWorkloadsQuery = RouteQuery<typeof listEntityWorkloadsRoute>;
/** What may be asked of the ledger. */
export type CollectionsQuery = RouteQuery<typeof listCollectionsRoute>;

/** The API that the pages and cards read from. @public */
export const platformApiRef: ApiRef<PlatformApi> = createApiRef<PlatformApi>({
  id: 'plugin.platform.api',
});
