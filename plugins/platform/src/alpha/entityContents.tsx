import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isKubernetesCluster, mayRun } from '../fleet/entity/entityFilters';
import { entityClusterRouteRef, entityWhereItRunsRouteRef } from '../routes';

/** `entity-content:platform/where-it-runs` */
export const whereItRunsContent = EntityContentBlueprint.make({
  name: 'where-it-runs',
  params: {
    path: 'where-it-runs',
    title: 'Where it runs',
    group: 'deployment',
    routeRef: entityWhereItRunsRouteRef,
    filter: mayRun,
    loader: () =>
      import('../fleet/entity/WhereItRunsContent').then(
        ({ WhereItRunsContent }) => <WhereItRunsContent />,
      ),
  },
});

/** `entity-content:platform/cluster`: on resources that stand for a cluster. */
export const clusterContent = EntityContentBlueprint.make({
  name: 'cluster',
  params: {
    path: 'cluster',
    title: 'Cluster',
    group: 'operation',
    routeRef: entityClusterRouteRef,
    filter: isKubernetesCluster,
    loader: () =>
      import('../fleet/entity/ClusterContent').then(({ ClusterContent }) => (
        <ClusterContent />
      )),
  },
});
