import {
  collectClusterRoute,
  exportClustersRoute,
  getClusterFacetsRoute,
  getClusterRoute,
  listClustersRoute,
} from '../fleet/clusterRoutes';
import {
  exportCollectionsRoute,
  listCollectionsRoute,
} from '../fleet/collectionRoutes';
import {
  getFleetSummaryRoute,
  getHealthRoute,
  getLivenessRoute,
  getReadinessRoute,
} from '../fleet/fleetRoutes';
import {
  exportEntityWorkloadsRoute,
  exportUnownedWorkloadsRoute,
  exportWorkloadsRoute,
  getUnownedFacetsRoute,
  getWorkloadFacetsRoute,
  listEntityClustersRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
  listWorkloadsRoute,
} from '../fleet/workloadRoutes';
import type { ApiRoute } from './apiRoute';

/** Every route of the platform plugin, room by room. @public */
export const platformRoutes: readonly ApiRoute[] = Object.freeze([
  getFleetSummaryRoute,
  listClustersRoute,
  exportClustersRoute,
  getClusterFacetsRoute,
  getClusterRoute,
  collectClusterRoute,
  listWorkloadsRoute,
  exportWorkloadsRoute,
  getWorkloadFacetsRoute,
  listUnownedWorkloadsRoute,
  exportUnownedWorkloadsRoute,
  getUnownedFacetsRoute,
  listEntityWorkloadsRoute,
  exportEntityWorkloadsRoute,
  listEntityClustersRoute,
  listCollectionsRoute,
  exportCollectionsRoute,
  getHealthRoute,
  getLivenessRoute,
  getReadinessRoute,
] as ApiRoute[]);
