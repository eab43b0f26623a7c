export { type Availability, unavailableLine } from './availability';
export {
  controlPlaneAvailability,
  type ControlPlaneAvailability,
  type ControlPlaneSource,
} from './control-plane/controlPlaneAvailability';
export { ensureControlPlaneBinaries } from './control-plane/ensureControlPlaneBinaries';
export type { ControlPlaneBinaries } from './control-plane/binaries';
export type { KubernetesMinor } from './control-plane/minor';
export { postgresAvailability } from './postgres/postgresBinaries';
export { startPostgres, type PostgresServer } from './postgres/startPostgres';
export { waitFor, type WaitForOptions } from './processes/waitFor';
