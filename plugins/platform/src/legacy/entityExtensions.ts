import {
  createComponentExtension,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { entityClusterRouteRef, entityWhereItRunsRouteRef } from '../routes';
import { platformPlugin } from './plugin';

/** Where the entity of the page runs, at most five rows, the worst first. @public */
export const EntityWhereItRunsCard = platformPlugin.provide(
  createComponentExtension({
    name: 'EntityWhereItRunsCard',
    component: {
      lazy: () =>
        import('../fleet/entity/WhereItRunsCard').then(m => m.WhereItRunsCard),
    },
  }),
);

/** All of where the entity of the page runs; a route of an entity page. @public */
export const EntityWhereItRunsContent = platformPlugin.provide(
  createRoutableExtension({
    name: 'EntityWhereItRunsContent',
    component: () =>
      import('../fleet/entity/WhereItRunsContent').then(
        m => m.WhereItRunsContent,
      ),
    mountPoint: entityWhereItRunsRouteRef,
  }),
);

/** The cluster that the resource of the page stands for, in one glance. @public */
export const EntityClusterCard = platformPlugin.provide(
  createComponentExtension({
    name: 'EntityClusterCard',
    component: {
      lazy: () =>
        import('../fleet/entity/ClusterCard').then(m => m.ClusterCard),
    },
  }),
);

/** The page of the cluster that a resource stands for; a route of an entity page. @public */
export const EntityClusterContent = platformPlugin.provide(
  createRoutableExtension({
    name: 'EntityClusterContent',
    component: () =>
      import('../fleet/entity/ClusterContent').then(m => m.ClusterContent),
    mountPoint: entityClusterRouteRef,
  }),
);
