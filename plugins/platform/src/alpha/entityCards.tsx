import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isKubernetesCluster, mayRun } from '../fleet/entity/entityFilters';

/** `entity-card:platform/where-it-runs` */
export const whereItRunsCard = EntityCardBlueprint.make({
  name: 'where-it-runs',
  params: {
    filter: mayRun,
    loader: () =>
      import('../fleet/entity/WhereItRunsCard').then(({ WhereItRunsCard }) => (
        <WhereItRunsCard />
      )),
  },
});

/** `entity-card:platform/cluster`: on resources that stand for a cluster. */
export const clusterCard = EntityCardBlueprint.make({
  name: 'cluster',
  params: {
    filter: isKubernetesCluster,
    loader: () =>
      import('../fleet/entity/ClusterCard').then(({ ClusterCard }) => (
        <ClusterCard />
      )),
  },
});
