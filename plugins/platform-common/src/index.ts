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
  csvSchema,
  DEFAULT_PAGE_LIMIT,
  MAX_PAGE_LIMIT,
  pageOf,
  pageQueryShape,
  repeatable,
} from './api/pagination';
export {
  attributeOriginSchema,
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
  type AttributeOrigin,
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
  missingRuleSchema,
  type Collection,
  type Coverage,
  type CoverageProblem,
  type MissingRule,
} from './fleet/coverageSchemas';
export {
  fleetSummarySchema,
  healthCheckSchema,
  healthSchema,
  probeSchema,
  type FleetSummary,
  type Health,
  type HealthCheck,
  type Probe,
} from './fleet/summarySchemas';
export {
  ownershipRuleSchema,
  workloadImageSchema,
  workloadKindSchema,
  workloadOwnerSchema,
  workloadPodsSchema,
  workloadSchema,
  workloadStatusSchema,
  type OwnershipRule,
  type Workload,
  type WorkloadImage,
  type WorkloadKind,
  type WorkloadOwner,
  type WorkloadPods,
  type WorkloadStatus,
} from './fleet/workloadSchemas';
export {
  collectClusterRoute,
  exportClustersRoute,
  getClusterFacetsRoute,
  getClusterRoute,
  listClustersRoute,
} from './fleet/clusterRoutes';
export {
  exportCollectionsRoute,
  listCollectionsRoute,
} from './fleet/collectionRoutes';
export {
  getFleetSummaryRoute,
  getHealthRoute,
  getLivenessRoute,
  getReadinessRoute,
} from './fleet/fleetRoutes';
export {
  exportEntityWorkloadsRoute,
  exportUnownedWorkloadsRoute,
  exportWorkloadsRoute,
  getUnownedFacetsRoute,
  getWorkloadFacetsRoute,
  listEntityClustersRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
  listWorkloadsRoute,
} from './fleet/workloadRoutes';
export {
  platformClusterCollectPermission,
  platformClusterReadPermission,
  platformHealthReadPermission,
  platformPermissions,
  RESOURCE_TYPE_PLATFORM_CLUSTER,
} from './fleet/permissions';
export {
  catalogIndexSchema,
  entityClusterSchema,
  entityMatchSchema,
  ownershipHintSchema,
  unownedWorkloadSchema,
  type CatalogIndex,
  type EntityCluster,
  type EntityMatch,
  type OwnershipHint,
  type UnownedWorkload,
} from './fleet/ownershipSchemas';
export {
  facetSchema,
  facetsSchema,
  type Facet,
  type Facets,
} from './fleet/facetSchemas';
export {
  CLUSTER_ATTRIBUTES,
  effectiveAttribute,
  type AttributeSource,
  type ClusterAttributeName,
} from './fleet/clusterAttributes';
export { selectorsOf } from './fleet/entityMatch';
export { shortened } from './fleet/shortened';
export { fullEntityRef } from './fleet/entityRef';
export {
  isLabelValue,
  isMet,
  matchesLabels,
  MAX_SELECTOR_LENGTH,
  parseLabelSelector,
  type LabelRequirement,
  type Labels,
} from './fleet/labelSelector';
export {
  OWNERSHIP_ANNOTATIONS,
  OwnershipIndex,
  type OwnershipEntity,
  type SelectingEntity,
} from './fleet/ownershipIndex';
export {
  MAX_OWNERS,
  ownersOf,
  type NamespaceOwner,
  type OwnableObject,
  type OwnershipClaim,
  type OwnershipFacts,
  type OwnershipVerdict,
} from './fleet/workloadOwners';
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
export { olderImages } from './fleet/imageAge';
export { isNodeReady, type NodeFacts } from './fleet/nodeFacts';
export { nodePools } from './fleet/nodePools';
export {
  NOT_READY_STATUSES,
  WORKLOAD_STATUSES_WORST_FIRST,
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
export {
  clusterSupportDetailSchema,
  clusterSupportSchema,
  clusterSupportStateSchema,
  supportEndKindSchema,
  type ClusterSupport,
  type ClusterSupportDetail,
  type ClusterSupportState,
  type SupportEndKind,
} from './support/supportSchemas';
export {
  ENDING_SOON_DAYS,
  supportInBrief,
  supportOf,
  type SupportQuestion,
} from './support/supportOf';
export {
  type CalendarRow,
  type CalendarSource,
  type RowDate,
  type SourceDate,
  type SupportCalendar,
  type SupportCalendars,
} from './support/supportCalendar';
export { supportCalendars } from './support/supportCalendars';
export { type SupportNote } from './support/supportNotes';
export { platformRoutes } from './api/platformRoutes';
export { platformSchemas, type NamedSchema } from './api/platformSchemas';
