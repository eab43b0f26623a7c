import {
  getClusterRoute,
  getFleetSummaryRoute,
  getHealthRoute,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from '../fleet/fleetRoutes';
import type { ApiRoute } from './apiRoute';

/** Every route of the platform plugin, room by room. @public */
export const platformRoutes: readonly ApiRoute[] = Object.freeze([
  getFleetSummaryRoute,
  listClustersRoute,
  getClusterRoute,
  listWorkloadsRoute,
  listCollectionsRoute,
  getHealthRoute,
] as ApiRoute[]);
