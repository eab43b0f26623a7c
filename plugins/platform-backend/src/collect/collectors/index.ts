import type { Collector } from '@roadbed/backstage-plugin-platform-node';
import { discoveryCollector } from './discovery';
import { namespaceCollector } from './namespaces';
import { networkingCollectors } from './networking';
import { nodeCollector } from './nodes';
import { podCollector } from './pods';
import { quotaCollectors } from './quotas';
import { scalingCollectors } from './scaling';
import { workloadCollectors } from './workloads';

export { clusterRoleRules, type ClusterRoleRule } from './clusterRoleRules';

/**
 * The collectors that come with Roadbed; modules add further ones.
 *
 * @remarks
 * Jobs that are due together run in this order, cluster by cluster. Pods come
 * long before workloads, whose rows hold what their pods add up to: the other
 * way round every workload was written twice when a cluster was first collected.
 */
export const builtInCollectors: readonly Collector[] = Object.freeze([
  discoveryCollector,
  nodeCollector,
  podCollector,
  namespaceCollector,
  ...networkingCollectors,
  ...scalingCollectors,
  ...quotaCollectors,
  ...workloadCollectors,
]);
