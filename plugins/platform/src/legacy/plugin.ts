import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { lazyPlatformClient } from '../api/lazyPlatformClient';
import { platformApiRef } from '../api/platformApiRef';
import {
  clusterRouteRef,
  entityClusterRouteRef,
  entityWhereItRunsRouteRef,
  fleetRouteRef,
  rootRouteRef,
  unownedRouteRef,
  workloadsRouteRef,
} from '../routes';

/** Roadbed in the legacy frontend system. @public */
export const platformPlugin = createPlugin({
  id: 'platform',
  apis: [
    createApiFactory({
      api: platformApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => lazyPlatformClient(deps),
    }),
  ],
  routes: {
    root: rootRouteRef,
    fleet: fleetRouteRef,
    cluster: clusterRouteRef,
    workloads: workloadsRouteRef,
    unowned: unownedRouteRef,
    entityWhereItRuns: entityWhereItRunsRouteRef,
    entityCluster: entityClusterRouteRef,
  },
});

/** All of Platform's pages, to be mounted at `/platform`. @public */
export const PlatformPage = platformPlugin.provide(
  createRoutableExtension({
    name: 'PlatformPage',
    component: () => import('./LegacyPages').then(m => m.LegacyPages),
    mountPoint: rootRouteRef,
  }),
);
