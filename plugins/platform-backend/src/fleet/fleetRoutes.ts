import {
  getClusterRoute,
  getFleetSummaryRoute,
  getHealthRoute,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import type { MountRoute } from '../http/mountRoute';
import type { FleetService } from './FleetService';

/** Puts the routes of the room on the router. */
export function mountFleetRoutes(mount: MountRoute, fleet: FleetService): void {
  mount(getFleetSummaryRoute, () => fleet.summary());
  mount(listClustersRoute, ({ query }) => fleet.listClusters(query));
  mount(getClusterRoute, ({ params }) => fleet.getCluster(params.id));
  mount(listWorkloadsRoute, ({ query }) => fleet.listWorkloads(query));
  mount(getHealthRoute, () => fleet.health());
  mount(listCollectionsRoute, ({ query }) => fleet.listCollections(query));
}
