import type {
  AttributeOrigin,
  Cluster,
  ClusterAttribute,
} from './clusterSchemas';
import { fullEntityRef } from './entityRef';

/** The facts about a cluster that people decide, or that it shows. @public */
export type ClusterAttributeName = keyof Cluster['attributes'];

/** The names of attributes. @public */
export const CLUSTER_ATTRIBUTES: readonly ClusterAttributeName[] =
  Object.freeze([
    'environment',
    'ring',
    'provider',
    'region',
    'owner',
    'maintenanceWindow',
  ]);

/** What one origin says. @public */
export type AttributeSource = Omit<ClusterAttribute, 'conflicts'>;

const TRUST: readonly AttributeOrigin[] = ['config', 'catalog', 'cluster'];

/**
 * Decides an attribute: the most trusted origin counts (config before catalog
 * before the cluster itself), and what the others say differently is kept.
 *
 * @remarks
 * Owners become full entity references. Names of providers and regions that
 * differ in case only are no disagreement.
 *
 * @returns `undefined` when no origin says anything
 * @public
 */
export function effectiveAttribute(
  name: ClusterAttributeName,
  sources: readonly AttributeSource[],
): ClusterAttribute | undefined {
  const [effective, ...others] = sources
    .map(source =>
      name === 'owner'
        ? {
            ...source,
            value: fullEntityRef(source.value, 'group') ?? source.value,
          }
        : source,
    )
    .sort((a, b) => TRUST.indexOf(a.origin) - TRUST.indexOf(b.origin));
  if (!effective) return undefined;
  const conflicts = others.filter(
    ({ value }) =>
      comparable(name, value) !== comparable(name, effective.value),
  );
  return { ...effective, ...(conflicts.length > 0 && { conflicts }) };
}

function comparable(name: ClusterAttributeName, value: string): string {
  return name === 'provider' || name === 'region'
    ? value.trim().toLowerCase()
    : value.trim();
}
