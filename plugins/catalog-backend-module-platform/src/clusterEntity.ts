import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_VIEW_URL,
  KubernetesValidatorFunctions,
  type Entity,
  type ResourceEntity,
} from '@backstage/catalog-model';
import type { Cluster } from '@roadbed/backstage-plugin-platform-common';
import {
  CLUSTER_ANNOTATION,
  CLUSTER_TYPE,
  CLUSTERS_LOCATION,
  MISSING_SINCE_ANNOTATION,
  PROVIDED_ANNOTATION,
} from './annotations';

/** The resource that stands for a cluster in the catalog. */
export function clusterEntity(options: {
  cluster: Cluster;
  /** The name of the entity. */
  name: string;
  /** References of the entities that run on it. */
  dependents: readonly string[];
  defaultOwner: string;
  pagesUrl: string;
}): ResourceEntity {
  const { cluster, name, dependents, defaultOwner, pagesUrl } = options;
  const { environment, ring, provider, region, owner } = cluster.attributes;
  const labels = Object.entries({
    environment: environment?.value,
    ring: ring?.value,
    provider: provider?.value,
    region: region?.value,
    'kubernetes-minor': cluster.version?.minor,
  }).flatMap(([key, value]) =>
    value !== undefined && KubernetesValidatorFunctions.isValidLabelValue(value)
      ? [[`roadbed.dev/${key}`, value]]
      : [],
  );
  const tags = [environment, provider, region]
    .map(attribute => attribute?.value.toLowerCase())
    .filter(isTag);
  const title =
    cluster.title ?? (name === cluster.name ? undefined : cluster.name);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      ...(title && { title }),
      annotations: {
        [ANNOTATION_LOCATION]: CLUSTERS_LOCATION,
        [ANNOTATION_ORIGIN_LOCATION]: CLUSTERS_LOCATION,
        [ANNOTATION_VIEW_URL]: `${pagesUrl}/fleet/clusters/${encodeURIComponent(
          cluster.name,
        )}`,
        [CLUSTER_ANNOTATION]: cluster.name,
        [PROVIDED_ANNOTATION]: 'true',
      },
      labels: Object.fromEntries(labels),
      tags: [...new Set(tags)].sort(),
    },
    spec: {
      type: CLUSTER_TYPE,
      owner: owner?.value ?? defaultOwner,
      dependencyOf: [...dependents],
    },
  };
}

/**
 * The resource of a cluster that is no longer listed, as the catalog has it,
 * with the time since when.
 *
 * @param entity - as read from the catalog, with what processors added
 */
export function missingClusterEntity(entity: Entity, since: string): Entity {
  const { name, title, labels, tags, annotations } = entity.metadata;
  const own = Object.entries(annotations ?? {}).filter(
    ([key]) =>
      key.startsWith('roadbed.dev/') ||
      [
        ANNOTATION_LOCATION,
        ANNOTATION_ORIGIN_LOCATION,
        ANNOTATION_VIEW_URL,
      ].includes(key),
  );
  return {
    apiVersion: entity.apiVersion,
    kind: entity.kind,
    metadata: {
      name,
      ...(title && { title }),
      labels,
      tags,
      annotations: {
        ...Object.fromEntries(own),
        [MISSING_SINCE_ANNOTATION]: since,
      },
    },
    spec: entity.spec,
  };
}

/** What the catalog takes as a tag: lower case, `-` between the words. */
function isTag(value: string | undefined): value is string {
  return (
    value !== undefined &&
    value.length <= 63 &&
    /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(value)
  );
}
