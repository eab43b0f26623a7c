import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** Where Platform is mounted: `/platform` unless the portal moves it. @public */
export const rootRouteRef = createRouteRef({ id: 'platform' });

/** The Fleet page. @public */
export const fleetRouteRef = createSubRouteRef({
  id: 'platform.fleet',
  parent: rootRouteRef,
  path: '/fleet',
});

/** The page of one cluster, by the name of the Kubernetes configuration. @public */
export const clusterRouteRef = createSubRouteRef({
  id: 'platform.cluster',
  parent: rootRouteRef,
  path: '/fleet/clusters/:name',
});

/** The workloads of the whole fleet. @public */
export const workloadsRouteRef = createSubRouteRef({
  id: 'platform.workloads',
  parent: rootRouteRef,
  path: '/workloads',
});

/** The workloads that belong to no entity of the catalog. @public */
export const unownedRouteRef = createSubRouteRef({
  id: 'platform.unowned',
  parent: rootRouteRef,
  path: '/unowned',
});

/** The content *Where it runs* of catalog entities. @public */
export const entityWhereItRunsRouteRef = createRouteRef({
  id: 'platform.entity-where-it-runs',
});

/** The content *Cluster* of catalog resources that describe a cluster. @public */
export const entityClusterRouteRef = createRouteRef({
  id: 'platform.entity-cluster',
});
