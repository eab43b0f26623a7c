import type { CollectorResource } from '@roadbed/backstage-plugin-platform-node';

/** The path under which all objects of a resource are listed, in all namespaces. */
export function resourcePath(
  { group, resource }: CollectorResource,
  version: string,
): string {
  return group === ''
    ? `/api/${version}/${resource}`
    : `/apis/${group}/${version}/${resource}`;
}

/**
 * What a cluster serves, as the discovery collector stores it in its row
 * `apis`.
 */
export interface ServedApis {
  groups: Record<
    string,
    {
      versions: string[];
      resources: Record<string, string[]>;
      /** Some of its versions could not be read. */
      incomplete?: boolean;
    }
  >;
}

/**
 * The versions to try, in this order.
 *
 * @remarks
 * With discovery only those that are served, which can be none. Without it, or
 * where discovery could not read the group, all that the collector
 * understands; a 404 then leads to the next.
 */
export function versionsToTry(
  resource: CollectorResource,
  served: ServedApis | undefined,
): string[] {
  const group = served?.groups[resource.group];
  if (!served || group?.incomplete) {
    return [...resource.versions];
  }
  const versions = group?.resources[resource.resource] ?? [];
  return resource.versions.filter(version => versions.includes(version));
}
