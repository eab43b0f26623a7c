import {
  clusterStateSchema,
  clusterSupportStateSchema,
  compareMinors,
  type Cluster,
  type ClusterState,
  type ClusterSupportState,
  type getClusterFacetsRoute,
  type listClustersRoute,
  type ParsedRouteQuery,
} from '@roadbed/backstage-plugin-platform-common';
import type { Position } from '../collect/store/keysetPage';

type ClustersQuery = ParsedRouteQuery<typeof listClustersRoute>;

const STATE_ORDER = new Map<ClusterState, number>(
  clusterStateSchema.options.map((state, index) => [state, index]),
);

/** What is not known comes first, then the worst. */
const SUPPORT_ORDER = new Map<ClusterSupportState, number>(
  clusterSupportStateSchema.options.map((state, index) => [
    state,
    state === 'unknown' ? -1 : index,
  ]),
);

/**
 * Filters, sorts and pages clusters.
 *
 * @remarks
 * In memory, because the state of a cluster is a verdict as of now and is
 * stored nowhere; there are thousands of clusters at most, not millions.
 */
export function clusterPage(
  clusters: Cluster[],
  query: ClustersQuery,
  position: Position | undefined,
): {
  rows: Cluster[];
  hasNext: boolean;
  hasPrevious: boolean;
  total: number;
} {
  const { sort, order, limit } = query;
  const sign = order === 'asc' ? 1 : -1;
  const matching = clusters
    .filter(cluster => matchesCluster(cluster, query))
    .sort(
      (a, b) => sign * compareKeys(clusterKey(a, sort), clusterKey(b, sort)),
    );
  const isAfter = (cluster: Cluster) =>
    sign * compareKeys(clusterKey(cluster, sort), position!.key) > 0;
  const isBefore = (cluster: Cluster) =>
    sign * compareKeys(clusterKey(cluster, sort), position!.key) < 0;
  let start = 0;
  let end = limit;
  if (position?.direction === 'after') {
    const index = matching.findIndex(isAfter);
    start = index === -1 ? matching.length : index;
    end = start + limit;
  } else if (position) {
    end = matching.filter(isBefore).length;
    start = Math.max(0, end - limit);
  }
  return {
    rows: matching.slice(start, end),
    hasNext: end < matching.length,
    hasPrevious: start > 0,
    total: matching.length,
  };
}

/** The sort key of a cluster; the name makes it unique, and what is not known comes first. */
export function clusterKey(
  cluster: Cluster,
  sort: ClustersQuery['sort'],
): Position['key'] {
  switch (sort) {
    case 'version':
      return [cluster.version?.minor ?? '', cluster.name];
    case 'nodes':
      return [cluster.nodes?.total ?? -1, cluster.name];
    case 'workloads':
      return [cluster.workloads?.total ?? -1, cluster.name];
    case 'state':
      return [STATE_ORDER.get(cluster.state)!, cluster.name];
    case 'support':
      return [SUPPORT_ORDER.get(cluster.support.state)!, cluster.name];
    case 'oldestDataAt':
      return [cluster.oldestDataAt ?? '', cluster.name];
    default:
      return [cluster.name];
  }
}

const MINOR = /^\d+\.\d+$/;

function compareKeys(a: Position['key'], b: Position['key']): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareValues(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(
  a: string | number | null,
  b: string | number | null,
): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [textA, textB] = [String(a), String(b)];
  if (MINOR.test(textA) && MINOR.test(textB))
    return compareMinors(textA, textB);
  if (textA === textB) return 0;
  return textA < textB ? -1 : 1;
}

/** Whether a cluster passes the filters of a query. */
export function matchesCluster(
  cluster: Cluster,
  query: ParsedRouteQuery<typeof getClusterFacetsRoute>,
): boolean {
  const isOneOf = (wanted: string[] | undefined, value: string | undefined) =>
    wanted === undefined || wanted.includes(value ?? 'unknown');
  const { attributes } = cluster;
  const text = `${cluster.name} ${cluster.title ?? ''}`.toLowerCase();
  return (
    (query.q === undefined || text.includes(query.q.toLowerCase())) &&
    isOneOf(query.environment, attributes.environment?.value) &&
    isOneOf(query.ring, attributes.ring?.value) &&
    isOneOf(query.region, attributes.region?.value) &&
    isOneOf(query.owner, attributes.owner?.value) &&
    isOneOf(query.support, cluster.support.state) &&
    isOneOf(query.provider, attributes.provider?.value) &&
    isOneOf(query.minor, cluster.version?.minor) &&
    isOneOf(query.state, cluster.state)
  );
}
