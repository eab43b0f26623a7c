import { createPermission } from '@backstage/plugin-permission-common';

/**
 * The resource type of clusters in conditional decisions; a resource ref is the
 * cluster's name in the Kubernetes configuration.
 *
 * @public
 */
export const RESOURCE_TYPE_PLATFORM_CLUSTER = 'platform-cluster';

/**
 * To see a cluster and all that was collected from it. A conditional decision
 * narrows every list, total, facet and export to the clusters that meet it.
 *
 * @public
 */
export const platformClusterReadPermission = createPermission({
  name: 'platform.cluster.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_PLATFORM_CLUSTER,
});

/**
 * To have a cluster collected now instead of when it is due.
 *
 * @public
 */
export const platformClusterCollectPermission = createPermission({
  name: 'platform.cluster.collect',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PLATFORM_CLUSTER,
});

/**
 * To see how Roadbed itself is doing: its database, queue and replicas.
 *
 * @public
 */
export const platformHealthReadPermission = createPermission({
  name: 'platform.health.read',
  attributes: { action: 'read' },
});

/** Every permission of the platform plugin. @public */
export const platformPermissions = Object.freeze([
  platformClusterReadPermission,
  platformClusterCollectPermission,
  platformHealthReadPermission,
]);
