/**
 * Roadbed's pages and cards for portals of the legacy frontend system, and the
 * references that both frontend systems share.
 *
 * @packageDocumentation
 */
export { platformApiRef } from './api/platformApiRef';
export { platformPlugin, PlatformPage } from './legacy/plugin';
export {
  clusterRouteRef,
  fleetRouteRef,
  rootRouteRef,
  unownedRouteRef,
  workloadsRouteRef,
} from './routes';
export { platformTranslationRef } from './translation';
