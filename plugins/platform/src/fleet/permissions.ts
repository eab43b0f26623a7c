/** The permission that the fleet's pages need, as refusals name it. */
export const FLEET_READ_PERMISSION = 'platform.cluster.read';
