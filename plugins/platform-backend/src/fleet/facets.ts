import type {
  Cluster,
  Facet,
  Facets,
  getClusterFacetsRoute,
  ParsedRouteQuery,
} from '@roadbed/backstage-plugin-platform-common';
import { matchesCluster } from './clusterList';

/** The most values that a facet lists. */
export const MAX_FACET_VALUES = 100;

/** What clusters can be filtered by: what the filter reads of each. */
const CLUSTER_FACETS: Readonly<
  Record<string, (cluster: Cluster) => string | undefined>
> = {
  environment: ({ attributes }) => attributes.environment?.value,
  ring: ({ attributes }) => attributes.ring?.value,
  provider: ({ attributes }) => attributes.provider?.value,
  region: ({ attributes }) => attributes.region?.value,
  owner: ({ attributes }) => attributes.owner?.value,
  minor: ({ version }) => version?.minor,
  support: ({ support }) => support.state,
  state: ({ state }) => state,
};

/** Counts clusters by what they can be filtered by. */
export function clusterFacets(
  clusters: Cluster[],
  query: ParsedRouteQuery<typeof getClusterFacetsRoute>,
): Facets {
  return {
    facets: Object.entries(CLUSTER_FACETS).map(([name, valueOf]) => {
      const others = { ...query, [name]: undefined };
      const counts = new Map<string, number>();
      for (const cluster of clusters) {
        if (!matchesCluster(cluster, others)) continue;
        const value = valueOf(cluster) ?? 'unknown';
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return facetOf(name, counts);
    }),
    totalItems: clusters.filter(cluster => matchesCluster(cluster, query))
      .length,
  };
}

/** A facet from its counts, most rows first. */
export function facetOf(name: string, counts: Map<string, number>): Facet {
  const values = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return {
    name,
    values: values.slice(0, MAX_FACET_VALUES),
    more: Math.max(0, values.length - MAX_FACET_VALUES),
  };
}
