import type { Entity } from '@backstage/catalog-model';

/** The annotation that says how the portal calls the cluster of a resource. */
export const CLUSTER_ANNOTATION = 'roadbed.dev/cluster';

/** Annotations that say which workloads are an entity's own. */
const SELECTORS = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

const kindOf = (entity: Entity) => entity.kind.toLowerCase();
const typeOf = (entity: Entity) => String(entity.spec?.type).toLowerCase();

/** Whether an entity stands for a Kubernetes cluster. @public */
export function isKubernetesCluster(entity: Entity): boolean {
  return (
    kindOf(entity) === 'resource' && typeOf(entity) === 'kubernetes-cluster'
  );
}

/** The name of the cluster that a resource stands for, as the portal calls it. */
export function clusterNameOf({ metadata }: Entity): string {
  return metadata.annotations?.[CLUSTER_ANNOTATION] ?? metadata.name;
}

/**
 * Whether it makes sense to ask where an entity runs: components but libraries,
 * systems, groups, and whatever has an annotation that selects workloads.
 *
 * @remarks
 * The default of card and content; portals choose another. Both also answer
 * for users and clusters.
 *
 * @public
 */
export function mayRun(entity: Entity): boolean {
  const kind = kindOf(entity);
  return (
    (kind === 'component' && typeOf(entity) !== 'library') ||
    kind === 'system' ||
    kind === 'group' ||
    SELECTORS.some(name => entity.metadata.annotations?.[name] !== undefined)
  );
}
