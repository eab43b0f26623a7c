/**
 * What both sides of Roadbed know: types, schemas, rules and the API client.
 *
 * @packageDocumentation
 */
export {
  defineApiRoute,
  type ApiRoute,
  type ParsedRouteQuery,
  type RouteParams,
  type RouteQuery,
  type RouteResponse,
} from './api/apiRoute';
export {
  DEFAULT_PAGE_LIMIT,
  MAX_PAGE_LIMIT,
  pageOf,
  pageQueryShape,
  repeatable,
} from './api/pagination';
export {
  attributeSchema,
  clusterDaySchema,
  clusterDetailSchema,
  clusterIdentitySchema,
  clusterReasonSchema,
  clusterSchema,
  clusterStateSchema,
  clusterVersionSchema,
  instantSchema,
  nodePoolSchema,
  type Cluster,
  type ClusterAttribute,
  type ClusterDay,
  type ClusterDetail,
  type ClusterIdentity,
  type ClusterReason,
  type ClusterState,
  type ClusterVersion,
  type NodePool,
} from './fleet/clusterSchemas';
export {
  collectionSchema,
  coverageProblemSchema,
  coverageSchema,
  type Collection,
  type Coverage,
  type CoverageProblem,
} from './fleet/coverageSchemas';
export {
  fleetSummarySchema,
  healthSchema,
  type FleetSummary,
  type Health,
} from './fleet/summarySchemas';
export {
  workloadImageSchema,
  workloadKindSchema,
  workloadPodsSchema,
  workloadSchema,
  workloadStatusSchema,
  type Workload,
  type WorkloadImage,
  type WorkloadKind,
  type WorkloadPods,
  type WorkloadStatus,
} from './fleet/workloadSchemas';
export {
  getClusterRoute,
  getFleetSummaryRoute,
  getHealthRoute,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from './fleet/fleetRoutes';
export { providerOf, regionOf } from './fleet/clusterProvider';
export { clusterState, type ClusterStateFacts } from './fleet/clusterState';
export {
  coverageState,
  isStale,
  STALE_GRACE_MS,
  type CoverageFacts,
} from './fleet/coverageState';
export {
  compareMinors,
  effectiveVersion,
  type VersionDocument,
} from './fleet/kubernetesVersion';
export { isNodeReady, type NodeFacts } from './fleet/nodeFacts';
export { nodePools } from './fleet/nodePools';
export {
  NOT_READY_STATUSES,
  workloadStatus,
  type WorkloadFacts,
  type WorkloadVerdict,
} from './fleet/workloadStatus';
export { buildOpenApiDocument, type OpenApiDocument } from './api/openApi';
export {
  PlatformClient,
  type PlatformApi,
  type RequestOptions,
} from './api/PlatformClient';
export { platformRoutes } from './api/platformRoutes';
export { platformSchemas, type NamedSchema } from './api/platformSchemas';
