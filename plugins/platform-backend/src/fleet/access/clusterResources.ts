import type { PlatformClusterResource } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import { whereInArray } from '../../collect/store/dialect';

const ATTRIBUTES: ReadonlyArray<keyof PlatformClusterResource> = [
  'name',
  'environment',
  'ring',
  'owner',
];

/**
 * Clusters of the portal's list as permission rules see them, in the order of
 * their names; `undefined` for a name that leads to none, or to one whose
 * attributes have not been resolved yet.
 */
export async function clusterResources(
  knex: Knex,
  names: string[],
): Promise<Array<PlatformClusterResource | undefined>> {
  const query = knex('fleet_cluster_attributes as a')
    .join('clusters as c', 'c.id', 'a.cluster_id')
    .where('c.active', true)
    .whereIn('a.attribute', ATTRIBUTES);
  const rows: Array<{
    name: string;
    attribute: keyof PlatformClusterResource;
    value: string;
  }> = await whereInArray(query, 'c.name', names).select(
    'c.name',
    'a.attribute',
    'a.value',
  );
  const found = new Map<string, Partial<PlatformClusterResource>>();
  for (const { name, attribute, value } of rows) {
    const resource = found.get(name) ?? {};
    resource[attribute] = value;
    found.set(name, resource);
  }
  return names.map(name => {
    const resource = found.get(name);
    return resource?.name === undefined
      ? undefined
      : { ...resource, name: resource.name };
  });
}
