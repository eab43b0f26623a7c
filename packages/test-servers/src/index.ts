export { type Availability, unavailableLine } from './availability';
export type { ControlPlaneBinaries } from './control-plane/binaries';
export { compactEtcd } from './control-plane/compactEtcd';
export type {
  ControlPlane,
  ControlPlaneVersion,
} from './control-plane/ControlPlane';
export {
  controlPlaneAvailability,
  type ControlPlaneAvailability,
  type ControlPlaneSource,
} from './control-plane/controlPlaneAvailability';
export type { ControlPlaneOptions } from './control-plane/ControlPlaneOptions';
export { ensureControlPlaneBinaries } from './control-plane/ensureControlPlaneBinaries';
export type { KubernetesMinor } from './control-plane/minor';
export type { NodeSpec } from './control-plane/nodes';
export { startControlPlane } from './control-plane/startControlPlane';
export {
  startEtcd,
  type Etcd,
  type EtcdOptions,
} from './control-plane/startEtcd';
export type { PolicyRule } from './kubernetes/access';
export { kubeconfig, type KubeconfigEntry } from './kubernetes/kubeconfig';
export {
  KubernetesApiError,
  type KubernetesStatus,
} from './kubernetes/KubernetesApiError';
export {
  KubernetesClient,
  type KubernetesClientOptions,
  type RequestOptions,
} from './kubernetes/KubernetesClient';
export type { KubernetesObject } from './kubernetes/KubernetesObject';
export { readOnlyRules } from './kubernetes/readOnlyRules';
export { postgresAvailability } from './postgres/postgresBinaries';
export { startPostgres, type PostgresServer } from './postgres/startPostgres';
export { promtoolAvailability, runPromtool } from './prometheus/promtool';
export { freePort } from './processes/freePort';
export { ServerProcess } from './processes/ServerProcess';
export { temporaryFolder } from './processes/temporaryFolder';
export { waitFor, type WaitForOptions } from './processes/waitFor';
