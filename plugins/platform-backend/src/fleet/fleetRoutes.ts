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
  mount(getFleetSummaryRoute, ({ caller }) => fleet.summary(caller));
  mount(listClustersRoute, ({ query, caller }) =>
    fleet.listClusters(query, caller),
  );
  mount(getClusterRoute, ({ params, caller }) =>
    fleet.getCluster(params.id, caller),
  );
  mount(listWorkloadsRoute, ({ query, caller }) =>
    fleet.listWorkloads(query, caller),
  );
  mount(getHealthRoute, () => fleet.health());
  mount(listCollectionsRoute, ({ query, caller }) =>
    fleet.listCollections(query, caller),
  );
}
