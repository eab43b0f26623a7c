import {
  collectClusterRoute,
  exportClustersRoute,
  exportCollectionsRoute,
  exportWorkloadsRoute,
  getClusterFacetsRoute,
  getClusterRoute,
  getFleetSummaryRoute,
  getHealthRoute,
  getWorkloadFacetsRoute,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import type { MountRoute } from '../http/mountRoute';
import type { CollectNow } from './CollectNow';
import { clusterCsv } from './exports/clusterCsv';
import { collectionCsv } from './exports/collectionCsv';
import { workloadCsv } from './exports/workloadCsv';
import type { FleetService } from './FleetService';
import { mountOwnershipRoutes } from './ownership/ownershipRoutes';
import type { OwnershipService } from './ownership/OwnershipService';

/** Puts the routes of the room on the router. */
export function mountFleetRoutes(
  mount: MountRoute,
  {
    fleet,
    ownership,
    collectNow,
  }: {
    fleet: FleetService;
    ownership: OwnershipService;
    collectNow: CollectNow;
  },
): void {
  mountOwnershipRoutes(mount, ownership);
  mount.json(getFleetSummaryRoute, ({ caller }) => fleet.summary(caller));
  mount.json(getHealthRoute, () => fleet.health());

  mount.json(listClustersRoute, ({ query, caller }) =>
    fleet.listClusters(query, caller),
  );
  mount.json(getClusterRoute, ({ params, caller }) =>
    fleet.getCluster(params.id, caller),
  );
  mount.json(getClusterFacetsRoute, ({ query, caller }) =>
    fleet.clusterFacets(query, caller),
  );
  mount.csv(exportClustersRoute, ({ query, caller }) => ({
    fileName: 'clusters',
    columns: clusterCsv,
    rows: fleet.exportClusters(query, caller),
  }));

  mount.json(
    collectClusterRoute,
    ({ params, ...request }) =>
      collectNow.collect({ ...request, name: params.id }),
    {
      eventId: 'cluster-collect',
      severityLevel: 'medium',
      subject: ({ id }) => ({ cluster: id }),
      result: ({ queued, skipped }) => ({ queued, skipped }),
    },
  );

  mount.json(listWorkloadsRoute, ({ query, caller }) =>
    fleet.listWorkloads(query, caller),
  );
  mount.json(getWorkloadFacetsRoute, ({ query, caller }) =>
    fleet.workloadFacets(query, caller),
  );
  mount.csv(exportWorkloadsRoute, ({ query, caller }) => ({
    fileName: 'workloads',
    columns: workloadCsv,
    rows: fleet.exportWorkloads(query, caller),
  }));

  mount.json(listCollectionsRoute, ({ query, caller }) =>
    fleet.listCollections(query, caller),
  );
  mount.csv(exportCollectionsRoute, ({ query, caller }) => ({
    fileName: 'collections',
    columns: collectionCsv,
    rows: fleet.exportCollections(query, caller),
  }));
}
