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
  CLUSTER_TYPE,
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
  /** Those that somebody wrote, some of them about something else. */
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

/**
 * Reads the resources that are about clusters, and those whose names would be
 * in the way of one.
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
      filter: [
        { kind: 'Resource', 'spec.type': CLUSTER_TYPE },
        {
          kind: 'Resource',
          [`metadata.annotations.${CLUSTER_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
        },
      ],
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
 * The cluster that a resource describes: the one that its annotation names,
 * else, of a `kubernetes-cluster`, the one that it is called like.
 *
 * @returns `undefined` when it is about something else
 */
export function describedCluster(resource: Entity): string | undefined {
  const annotated = resource.metadata.annotations?.[CLUSTER_ANNOTATION];
  if (annotated) return annotated;
  return resource.spec?.type === CLUSTER_TYPE
    ? resource.metadata.name
    : undefined;
}
