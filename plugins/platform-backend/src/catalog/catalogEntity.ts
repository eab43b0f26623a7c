import {
  ANNOTATION_LOCATION,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  fullEntityRef,
  MAX_SELECTOR_LENGTH,
  OWNERSHIP_ANNOTATIONS,
  type OwnershipEntity,
} from '@roadbed/backstage-plugin-platform-common';
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson';
import { toText } from '../collect/store/dialect';
import { isFromOneOf } from './catalogLocation';

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
/** Where Roadbed's catalog module says that they come from. */
const OWN_LOCATION = 'platform:clusters';

/**
 * The longest name, and the longest attribute of a cluster, in characters: they
 * are looked up by, and no index takes more than some 2,700 bytes.
 */
const MAX_NAME = 253;
/** The longest reference: kind, namespace and name. */
const MAX_REF = 3 * MAX_NAME;
/** One more than can be read, so that what was cut does not become readable. */
const MAX_ANNOTATION = MAX_SELECTOR_LENGTH + 1;

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

/**
 * Takes out of an entity what ownership and attributes are made of.
 *
 * @remarks
 * Anybody who may register an entity decides what is in it, so everything has a
 * greatest length, and a relation that leads nowhere is none.
 *
 * @param clusterLocations - where resources have to come from whose word on
 *   clusters counts; absent: from anywhere
 */
export function toCatalogEntity(
  entity: Entity,
  clusterLocations?: readonly string[],
): CatalogEntity {
  const kind = entity.kind.toLowerCase();
  const entityRef = toText(stringifyEntityRef(entity));
  const related = (type: string, kinds: readonly string[]) =>
    entity.relations
      ?.filter(relation => relation.type === type)
      .flatMap(({ targetRef }) => refOf(targetRef) ?? [])
      .find(ref => kinds.includes(parseEntityRef(ref).kind)) ?? null;
  const isOwner = kind === 'group' || kind === 'user';
  const note = (key: string) => textOf(entity, key);
  const describes = isFromOneOf(
    textOf(entity, ANNOTATION_LOCATION),
    clusterLocations && [...clusterLocations, OWN_LOCATION],
  )
    ? describedCluster(entity)
    : undefined;
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
  const name = nameOf(annotated ?? toText(entity.metadata.name));
  if (name === undefined) return undefined;
  const handwritten = textOf(entity, PROVIDED) !== 'true';
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  return {
    name,
    handwritten,
    attributes: handwritten
      ? compact({
          owner: refOf(owner),
          ...Object.fromEntries(
            Object.entries(CLUSTER_ANNOTATIONS).map(([attribute, key]) => [
              attribute,
              nameOf(textOf(entity, key)),
            ]),
          ),
        })
      : {},
  };
}

/** A full reference in lower case; `undefined` for what is none. */
function refOf(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > MAX_REF) return undefined;
  const ref = fullEntityRef(text, '');
  return ref && toText(ref);
}

/** A name, unless it is too long for one. */
function nameOf(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= MAX_NAME ? text : undefined;
}

/** An annotation; an empty one says nothing. */
function textOf(entity: Entity, key: string): string | undefined {
  const value: unknown = entity.metadata.annotations?.[key];
  return typeof value === 'string' && value !== ''
    ? toText(value.slice(0, MAX_ANNOTATION))
    : undefined;
}

function compact<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
