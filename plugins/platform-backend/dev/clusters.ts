import {
  COLLECTOR_RULES,
  deployment,
  namespace,
  node,
  startSimulatedCluster,
  type SimulatedClusterOptions,
} from '@roadbed/fleet-simulator';

const shop = [
  namespace({ name: 'shop' }),
  node({ name: 'node-1' }),
  node({ name: 'node-2' }),
  deployment({ name: 'cart', namespace: 'shop', replicas: 2 }),
  deployment({ name: 'checkout', namespace: 'shop', replicas: 3 }),
];

/** One cluster for each situation; the last part of a name is its environment. */
const SITUATIONS: SimulatedClusterOptions[] = [
  { name: 'healthy-prod', version: 'v1.34.4', objects: shop },
  { name: 'empty-dev', version: 'v1.35.1', objects: [] },
  {
    name: 'no-pods-stage',
    version: 'v1.33.9',
    objects: shop,
    rules: COLLECTOR_RULES.map(rule => ({
      ...rule,
      resources: rule.resources?.filter(resource => resource !== 'pods'),
    })),
  },
  { name: 'unreachable-prod', version: 'v1.32.2', objects: shop },
];

/**
 * Starts the clusters and says how the Kubernetes plugin is configured for
 * them. They end with the process.
 */
export async function startDevClusters() {
  const clusters = await Promise.all(SITUATIONS.map(startSimulatedCluster));
  for (const cluster of clusters) {
    if (cluster.name.startsWith('unreachable')) {
      cluster.faults.inject({ kind: 'refuse-connections' });
    }
  }
  return clusters.map(({ name, url, caData, token }) => ({
    name,
    url,
    caData,
    authProvider: 'serviceAccount',
    serviceAccountToken: token,
  }));
}
