import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  ANNOTATION_LOCATION,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type {
  CatalogService,
  CatalogServiceRequestOptions,
} from '@backstage/plugin-catalog-node';
import {
  CLUSTER_ANNOTATION,
  CLUSTERS_LOCATION,
  PROVIDED_ANNOTATION,
} from './annotations';
import { entityNameOf } from './entityNames';

/** References that are asked for at a time. */
const BATCH = 500;

/** The resources of the catalog that have to do with clusters. */
export interface ClusterResources {
  /** Those that this module keeps. */
  provided: readonly Entity[];
  /** Those that somebody wrote. */
  written: readonly Entity[];
}

/** Whether a resource is one that this module keeps. */
export function isProvided(entity: Entity): boolean {
  const { annotations = {} } = entity.metadata;
  // Who copies such a resource into a file copies the mark, not the location.
  return (
    annotations[PROVIDED_ANNOTATION] === 'true' &&
    annotations[ANNOTATION_LOCATION] === CLUSTERS_LOCATION
  );
}

/** The cluster that a resource names in its annotation. */
export function annotatedCluster(resource: Entity): string | undefined {
  return resource.metadata.annotations?.[CLUSTER_ANNOTATION];
}

/**
 * Reads the resources that are, or might be, about clusters: those that say so,
 * and those that are called like one.
 */
export async function readClusterResources(options: {
  catalog: CatalogService;
  request: CatalogServiceRequestOptions;
  /** The clusters there are. */
  clusters: readonly string[];
}): Promise<ClusterResources> {
  const { catalog, request, clusters } = options;
  const found = new Map<string, Entity>();
  const pages = catalog.streamEntities(
    {
      filter: {
        kind: 'Resource',
        [`metadata.annotations.${CLUSTER_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
      },
    },
    request,
  );
  for await (const page of pages) {
    for (const entity of page) found.set(stringifyEntityRef(entity), entity);
  }
  const refs = [
    ...new Set(clusters.map(name => `resource:default/${entityNameOf(name)}`)),
  ];
  for (let start = 0; start < refs.length; start += BATCH) {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: refs.slice(start, start + BATCH) },
      request,
    );
    for (const entity of items) {
      if (entity) found.set(stringifyEntityRef(entity), entity);
    }
  }
  const entities = [...found.values()];
  return {
    provided: entities.filter(isProvided),
    written: entities.filter(entity => !isProvided(entity)),
  };
}

/**
 * The cluster that a written resource describes: the one that its annotation
 * names, else the one that it is called like.
 *
 * @param nameOf - the cluster that has an entity name, given in lower case
 * @returns `undefined` when it describes none
 */
export function describedCluster(
  resource: Entity,
  nameOf: ReadonlyMap<string, string>,
): string | undefined {
  const { namespace = 'default', name } = resource.metadata;
  const annotated = annotatedCluster(resource);
  if (annotated !== undefined) return annotated;
  return namespace === 'default' ? nameOf.get(name.toLowerCase()) : undefined;
}

/** Clusters by the entity name they would have, in lower case. */
export function clustersByEntityName(
  clusters: readonly string[],
): Map<string, string> {
  // Backwards, so that of several the first in the alphabet stays.
  return new Map(
    [...clusters]
      .sort()
      .reverse()
      .map(cluster => [entityNameOf(cluster).toLowerCase(), cluster]),
  );
}
