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

/** The collectors that come with Roadbed; modules add further ones. */
export const builtInCollectors: readonly Collector[] = Object.freeze([
  discoveryCollector,
  nodeCollector,
  namespaceCollector,
  ...workloadCollectors,
  podCollector,
  ...networkingCollectors,
  ...scalingCollectors,
  ...quotaCollectors,
]);
