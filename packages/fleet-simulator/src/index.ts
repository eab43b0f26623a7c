export {
  startSimulatedCluster,
  type SimulatedCluster,
  type SimulatedClusterOptions,
} from './SimulatedCluster';
export { startFleet, type SimulatedFleet } from './startFleet';
export {
  ADMIN_RULES,
  COLLECTOR_RULES,
  type PolicyRule,
  type SimulatedUser,
} from './api/authorization';
export {
  CertificateAuthority,
  type CertificateAndKey,
} from './tls/CertificateAuthority';
export type { Stats as SimulatorStats } from './control/Controls';
export { FaultPlan } from './faults/FaultPlan';
export type { TrafficCounts } from './http/Traffic';
export type { TrueObject } from './scale/truth';
export type {
  ConnectionFault,
  Fault,
  FaultRequest,
  FaultScope,
  RequestFault,
} from './faults/Fault';
export type {
  KubernetesObject,
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
  Status,
} from './kubernetes';
export { ALL_VERBS, type ResourceType } from './resources/ResourceType';
export { defineGroup } from './resources/define';
export {
  objectKey,
  type MutableObjectSource,
  type ObjectChange,
  type ObjectSource,
  type ScanOptions,
} from './store/ObjectSource';
export { ObjectStore, timestamp, uidOf } from './store/ObjectStore';
export {
  applyDaemonSet,
  applyDeployment,
  applyStatefulSet,
  type AppliedWorkload,
  type AppliedWorkloadOptions,
} from './builders/applyWorkload';
export { controlledBy, type Manager } from './builders/meta';
export { namespace } from './builders/namespace';
export { node, type NodeOptions } from './builders/node';
export { pod, type PodOptions, type PodState } from './builders/pod';
export {
  daemonSet,
  deployment,
  replicaSetOf,
  statefulSet,
  type WorkloadOptions,
} from './builders/workloads';
export { cronJob, job } from './builders/jobs';
export {
  denyAllNetworkPolicy,
  horizontalPodAutoscaler,
  podDisruptionBudget,
  resourceQuota,
} from './builders/policies';
export { httpRoute, ingress, service } from './builders/networking';
export {
  apiService,
  customResourceDefinition,
  validatingWebhook,
} from './builders/extensions';
