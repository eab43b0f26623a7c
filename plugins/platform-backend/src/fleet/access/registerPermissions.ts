import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  platformClusterCollectPermission,
  platformClusterReadPermission,
  platformHealthReadPermission,
} from '@roadbed/backstage-plugin-platform-common';
import {
  platformClusterPermissionResourceRef,
  platformClusterRules,
} from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import { clusterResources } from './clusterResources';

/**
 * Tells the permission system of the plugin's permissions and rules, and how to
 * look a cluster up when it is asked about a single one.
 */
export function registerPermissions(options: {
  permissionsRegistry: PermissionsRegistryService;
  knex: Knex;
}): void {
  const { permissionsRegistry, knex } = options;
  permissionsRegistry.addPermissions([platformHealthReadPermission]);
  permissionsRegistry.addResourceType({
    resourceRef: platformClusterPermissionResourceRef,
    permissions: [
      platformClusterReadPermission,
      platformClusterCollectPermission,
    ],
    rules: Object.values(platformClusterRules),
    getResources: names => clusterResources(knex, names),
  });
}
