import {
  collectClusterRoute,
  exportClustersRoute,
  exportCollectionsRoute,
  exportWorkloadsRoute,
  getClusterFacetsRoute,
  getClusterRoute,
  getFleetSummaryRoute,
  getWorkloadFacetsRoute,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import type { MountRoute } from '../http/mountRoute';
import type { CollectionService } from './CollectionService';
import type { CollectNow } from './CollectNow';
import { clusterCsv } from './exports/clusterCsv';
import { collectionCsv } from './exports/collectionCsv';
import { workloadCsv } from './exports/workloadCsv';
import type { FleetService } from './FleetService';
import { mountOwnershipRoutes } from './ownership/ownershipRoutes';
import type { OwnershipService } from './ownership/OwnershipService';
import type { WorkloadService } from './WorkloadService';

/** What answers the routes of the room. */
export interface FleetRoom {
  clusters: FleetService;
  workloads: WorkloadService;
  collections: CollectionService;
  ownership: OwnershipService;
  collectNow: CollectNow;
}

/** Puts the routes of the room on the router. */
export function mountFleetRoutes(
  mount: MountRoute,
  { clusters, workloads, collections, ownership, collectNow }: FleetRoom,
): void {
  mountOwnershipRoutes(mount, ownership);
  mount.json(getFleetSummaryRoute, ({ caller }) => clusters.summary(caller));

  mount.json(listClustersRoute, ({ query, caller }) =>
    clusters.listClusters(query, caller),
  );
  mount.json(getClusterRoute, ({ params, caller }) =>
    clusters.getCluster(params.id, caller),
  );
  mount.json(getClusterFacetsRoute, ({ query, caller }) =>
    clusters.clusterFacets(query, caller),
  );
  mount.csv(exportClustersRoute, ({ query, caller }) => ({
    fileName: 'clusters',
    columns: clusterCsv,
    rows: clusters.exportClusters(query, caller),
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
    workloads.list(query, caller),
  );
  mount.json(getWorkloadFacetsRoute, ({ query, caller }) =>
    workloads.facets(query, caller),
  );
  mount.csv(exportWorkloadsRoute, ({ query, caller }) => ({
    fileName: 'workloads',
    columns: workloadCsv,
    rows: workloads.export(query, caller),
  }));

  mount.json(listCollectionsRoute, ({ query, caller }) =>
    collections.list(query, caller),
  );
  mount.csv(exportCollectionsRoute, ({ query, caller }) => ({
    fileName: 'collections',
    columns: collectionCsv,
    rows: collections.export(query, caller),
  }));
}
