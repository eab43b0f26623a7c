import {
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  OWNERSHIP_ANNOTATIONS,
  type OwnershipEntity,
} from '@roadbed/backstage-plugin-platform-common';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../collect/store/canonicalHash';
import { toText } from '../collect/store/dialect';

/** What is asked of the catalog about every entity. */
export const CATALOG_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
  'spec.type',
];

/** Annotations with which people describe a cluster on its resource. */
const CLUSTER_ANNOTATIONS = {
  environment: 'roadbed.dev/environment',
  ring: 'roadbed.dev/ring',
  provider: 'roadbed.dev/provider',
  region: 'roadbed.dev/region',
  maintenanceWindow: 'roadbed.dev/maintenance-window',
} as const;

const CLUSTER_NAME = 'roadbed.dev/cluster';
/** Marks the resources that Roadbed made itself: they say nothing new. */
const PROVIDED = 'roadbed.dev/provided';

/** The cluster that a resource describes, and what people wrote there. */
export interface DescribedCluster {
  name: string;
  /** Whether people keep the resource, not Roadbed. */
  handwritten: boolean;
  attributes: Partial<
    Record<keyof typeof CLUSTER_ANNOTATIONS | 'owner', string>
  >;
}

/** An entity as it is stored in `catalog_entities`. */
export interface CatalogEntity extends OwnershipEntity {
  describes?: DescribedCluster;
}

/** Takes out of an entity what ownership and attributes are made of. */
export function toCatalogEntity(entity: Entity): CatalogEntity {
  const kind = entity.kind.toLowerCase();
  const entityRef = toText(stringifyEntityRef(entity));
  const related = (type: string, kinds: readonly string[]) =>
    entity.relations
      ?.filter(relation => relation.type === type)
      .map(({ targetRef }) => toText(targetRef.toLowerCase()))
      .find(ref => kinds.includes(parseEntityRef(ref).kind)) ?? null;
  const isOwner = kind === 'group' || kind === 'user';
  const note = (key: string) => textOf(entity, key);
  const describes = describedCluster(entity);
  return {
    entityRef,
    kind,
    name: toText(entity.metadata.name),
    ownerRef: isOwner
      ? entityRef
      : related(RELATION_OWNED_BY, ['group', 'user']),
    systemRef:
      kind === 'system' ? entityRef : related(RELATION_PART_OF, ['system']),
    domainRef: related(RELATION_PART_OF, ['domain']),
    ...compact({
      kubernetesId: note(OWNERSHIP_ANNOTATIONS.kubernetesId),
      labelSelector: note(OWNERSHIP_ANNOTATIONS.labelSelector),
      namespace: note(OWNERSHIP_ANNOTATIONS.namespace),
      cluster: note(OWNERSHIP_ANNOTATIONS.cluster),
      describes,
    }),
  };
}

/** What tells whether an entity has to be written again. */
export function hashOf(entity: CatalogEntity): string {
  return createHash('sha256')
    .update(canonicalJson(entity))
    .digest('base64url')
    .slice(0, 22);
}

/** By its annotation, else by its type and name; Roadbed's catalog module has the same rule. */
function describedCluster(entity: Entity): DescribedCluster | undefined {
  if (entity.kind.toLowerCase() !== 'resource') return undefined;
  const annotated = textOf(entity, CLUSTER_NAME);
  if (!annotated && entity.spec?.type !== 'kubernetes-cluster') {
    return undefined;
  }
  const handwritten = textOf(entity, PROVIDED) !== 'true';
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  return {
    name: annotated ?? toText(entity.metadata.name),
    handwritten,
    attributes: handwritten
      ? compact({
          owner: owner && toText(owner),
          ...Object.fromEntries(
            Object.entries(CLUSTER_ANNOTATIONS).map(([name, key]) => [
              name,
              textOf(entity, key),
            ]),
          ),
        })
      : {},
  };
}

/** An annotation; an empty one says nothing. */
function textOf(entity: Entity, key: string): string | undefined {
  const value: unknown = entity.metadata.annotations?.[key];
  return typeof value === 'string' && value !== '' ? toText(value) : undefined;
}

function compact<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
