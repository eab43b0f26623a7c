import {
  exportEntityWorkloadsRoute,
  exportUnownedWorkloadsRoute,
  getUnownedFacetsRoute,
  listEntityClustersRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import type { MountRoute } from '../../http/mountRoute';
import { unownedWorkloadCsv, workloadCsv } from '../exports/workloadCsv';
import type { OwnershipService } from './OwnershipService';

/** Puts the routes about owners on the router. */
export function mountOwnershipRoutes(
  mount: MountRoute,
  ownership: OwnershipService,
): void {
  mount.json(listUnownedWorkloadsRoute, ({ query, caller }) =>
    ownership.listUnowned(query, caller),
  );
  mount.json(listEntityWorkloadsRoute, ({ params, query, caller }) =>
    ownership.listEntityWorkloads(params, query, caller),
  );
  mount.json(listEntityClustersRoute, ({ query, caller }) =>
    ownership.listEntityClusters(query, caller),
  );
  mount.json(getUnownedFacetsRoute, ({ query, caller }) =>
    ownership.unownedFacets(query, caller),
  );
  mount.csv(exportUnownedWorkloadsRoute, ({ query, caller }) => ({
    fileName: 'unowned-workloads',
    columns: unownedWorkloadCsv,
    rows: ownership.exportUnowned(query, caller),
  }));
  mount.csv(exportEntityWorkloadsRoute, ({ params, query, caller }) => ({
    fileName: 'entity-workloads',
    columns: workloadCsv,
    rows: ownership.exportEntityWorkloads(params, query, caller),
  }));
}
