/**
 * Roadbed's pages and cards for portals of the legacy frontend system, and the
 * references that both frontend systems share.
 *
 * @packageDocumentation
 */
export { platformApiRef } from './api/platformApiRef';
export type { FleetColumns } from './fleet/columnIds';
export type { PlatformPageProps } from './legacy/LegacyPages';
export {
  isKubernetesCluster as isPlatformClusterAvailable,
  mayRun as isWhereItRunsAvailable,
} from './fleet/entity/entityFilters';
export {
  EntityClusterCard,
  EntityClusterContent,
  EntityWhereItRunsCard,
  EntityWhereItRunsContent,
} from './legacy/entityExtensions';
export { HomePageFleet } from './legacy/homeCards';
export { platformPlugin, PlatformPage } from './legacy/plugin';
export {
  clusterRouteRef,
  entityClusterRouteRef,
  entityWhereItRunsRouteRef,
  fleetRouteRef,
  rootRouteRef,
  unownedRouteRef,
  workloadsRouteRef,
} from './routes';
export { platformTranslationRef } from './translation';
