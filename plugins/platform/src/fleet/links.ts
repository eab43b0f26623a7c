import { useRouteRef } from '@backstage/core-plugin-api';
import {
  clusterRouteRef,
  fleetRouteRef,
  unownedRouteRef,
  workloadsRouteRef,
} from '../routes';

type Filters = Record<string, string | string[]>;

function withQuery(path: string, filters: Filters | undefined): string {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(filters ?? {})) {
    [values].flat().forEach(value => query.append(name, value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Addresses within the fleet's pages, with the filters of their lists. */
export function useFleetLinks() {
  const fleet = useRouteRef(fleetRouteRef);
  const cluster = useRouteRef(clusterRouteRef);
  const workloads = useRouteRef(workloadsRouteRef);
  const unowned = useRouteRef(unownedRouteRef);
  return {
    /** Fleet; with filters, at its cluster list. */
    clusters: (filters?: Filters) =>
      withQuery(fleet(), filters) + (filters ? '#clusters' : ''),
    cluster: (name: string) => cluster({ name }),
    workloads: (filters?: Filters) => withQuery(workloads(), filters),
    unowned: (filters?: Filters) => withQuery(unowned(), filters),
  };
}
