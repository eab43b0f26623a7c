/**
 * What modules of Roadbed's backend plug into.
 *
 * @packageDocumentation
 */
export {
  type Collector,
  type CollectorResource,
  type KubernetesObject,
  type ListCollector,
  type ObjectAggregator,
  type ObservedObject,
  type ProbeCollector,
  type ProbeContext,
  type ProbeResult,
} from './collector';
export {
  platformCollectorsExtensionPoint,
  type PlatformCollectorsExtensionPoint,
} from './collectorsExtensionPoint';
export {
  clusterLendingServiceRef,
  type ClusterLending,
  type LentClusters,
} from './clusterLending';
export {
  createPlatformClusterConditionalDecision,
  platformClusterConditions,
  platformClusterPermissionResourceRef,
  platformClusterRules,
  type PlatformClusterCriterion,
  type PlatformClusterResource,
} from './clusterPermissionRules';
