import { Link } from '@backstage/core-components';
import { useOptionalRouteRef } from '../components/useOptionalRouteRef';
import { clusterRouteRef } from '../routes';

/** A cluster's name, leading to its page where the portal has Platform's pages. */
export const ClusterLink = ({ name }: { name: string }) => {
  const page = useOptionalRouteRef(clusterRouteRef);
  return page ? <Link to={page({ name })}>{name}</Link> : <>{name}</>;
};
