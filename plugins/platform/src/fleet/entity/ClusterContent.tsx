import { useEntity } from '@backstage/plugin-catalog-react';
import { ClusterPage } from '../ClusterPage';
import { clusterNameOf } from './entityFilters';

/** The page of the cluster that the resource of the page stands for. */
export const ClusterContent = () => {
  const name = clusterNameOf(useEntity().entity);
  return <ClusterPage key={name} name={name} />;
};
