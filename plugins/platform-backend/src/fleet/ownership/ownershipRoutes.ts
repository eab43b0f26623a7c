import {
  listEntityClustersRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import type { MountRoute } from '../../http/mountRoute';
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
}
