import { fullEntityRef } from './entityRef';
import type { Labels } from './labelSelector';
import {
  OWNERSHIP_ANNOTATIONS,
  type OwnershipEntity,
  type OwnershipIndex,
} from './ownershipIndex';
import { shortened } from './shortened';
import type { OwnershipRule } from './workloadSchemas';

/** An object of a cluster, as far as claims on it need it. @public */
export interface OwnableObject {
  cluster: string;
  namespace: string;
  labels: Labels;
  annotations: Labels;
  /** Labels of its pods. */
  templateLabels: Labels;
}

/** What a namespace says about its owner. @public */
export interface NamespaceOwner {
  /** Where it says so. */
  source: 'annotation' | 'label';
  value: string;
}

/** What decides whose a workload is. @public */
export interface OwnershipFacts {
  workload: OwnableObject;
  /** Absent when the namespace names no owner. */
  namespaceOwner?: NamespaceOwner;
  /** The object at the root of its ownerReferences, where it was collected. */
  root?: OwnableObject & { kind: string; name: string };
}

/** A claim that holds: an entity, and why the workload is its. @public */
export interface OwnershipClaim {
  entityRef: string;
  ownerRef: string | null;
  systemRef: string | null;
  rule: OwnershipRule;
  /** What matched, such as `label backstage.io/kubernetes-id=cart`. */
  detail: string;
}

/** Whose a workload is. @public */
export interface OwnershipVerdict {
  /** One per entity, the strongest rule first; empty: unowned. */
  owners: OwnershipClaim[];
  /** A claim that leads to no entity, when that is why nobody owns it. */
  problem: string | null;
}

const { kubernetesId, owner: OWNER } = OWNERSHIP_ANNOTATIONS;

/** Kinds that a namespace may name as its owner. */
const NAMESPACE_OWNER_KINDS: readonly string[] = [
  'component',
  'resource',
  'system',
  'domain',
  'group',
  'user',
];

/**
 * The most entities that one workload belongs to. Anybody who may register an
 * entity can select every workload there is; this keeps a thousand of them from
 * becoming a thousand rows for each.
 *
 * @public
 */
export const MAX_OWNERS = 50;

const NOBODY: OwnershipVerdict = Object.freeze({ owners: [], problem: null });

/**
 * Decides whose a workload is.
 *
 * @remarks
 * What a workload and entities say of each other comes first: its
 * `backstage.io/kubernetes-id`, and the selectors of entities. All entities
 * that claim it so are its owners, as the Kubernetes plugin shows it on the
 * pages of all of them. Only without such a claim the owner of the namespace
 * counts, and only without that what the root of its ownerReferences says.
 * A reference that leads to no entity is no claim. Of more than
 * {@link MAX_OWNERS} claims the strongest are kept: ids before selectors, and
 * selectors that name a value before those that only leave something out.
 *
 * @public
 */
export function ownersOf(
  facts: OwnershipFacts,
  index: OwnershipIndex,
): OwnershipVerdict {
  const { workload, namespaceOwner, root } = facts;
  const explicit = explicitClaims(workload, index);
  if (explicit.owners.length > 0) return explicit;
  const byNamespace = namespaceOwner
    ? namespaceClaim(workload.namespace, namespaceOwner, index)
    : NOBODY;
  if (byNamespace.owners.length > 0) return byNamespace;
  if (root) {
    const { owners } = explicitClaims(root, index);
    if (owners.length > 0) {
      return {
        owners: owners.map(claim => ({
          ...claim,
          rule: 'root-owner',
          detail: `${claim.detail} of its owner ${root.kind} ${root.name}`,
        })),
        problem: null,
      };
    }
  }
  return { owners: [], problem: explicit.problem ?? byNamespace.problem };
}

function explicitClaims(
  object: OwnableObject,
  index: OwnershipIndex,
): OwnershipVerdict {
  const claims = new Map<string, OwnershipClaim>();
  const add = (
    entity: OwnershipEntity,
    claim: Pick<OwnershipClaim, 'rule' | 'detail'>,
  ) => {
    if (claims.size >= MAX_OWNERS || claims.has(entity.entityRef)) return;
    if (!isInReach(entity, object)) return;
    const { entityRef, ownerRef, systemRef } = entity;
    claims.set(entityRef, { entityRef, ownerRef, systemRef, ...claim });
  };
  const ids = idsOf(object);
  for (const { id, source } of ids) {
    for (const entity of index.withId(id)) {
      add(entity, {
        rule: 'kubernetes-id',
        detail: `${source} ${kubernetesId}=${id}`,
      });
    }
  }
  const { labels, templateLabels } = object;
  for (const { entity } of index.selecting(labels)) {
    add(entity, { rule: 'label-selector', detail: selectorDetail(entity) });
  }
  // The plugin also finds pods by their own labels. What the workload says of
  // itself goes before what it says of its pods, also in terms with "not".
  for (const { entity } of index.selecting({ ...templateLabels, ...labels })) {
    add(entity, {
      rule: 'label-selector',
      detail: `${selectorDetail(entity)}, met by its pods`,
    });
  }
  const problem =
    ids.length === 0
      ? null
      : `${ids[0].source} ${kubernetesId}=${ids[0].id} names no entity of the catalog that reaches this cluster and namespace; give the entity the annotation ${kubernetesId}: ${ids[0].id}, or correct the ${ids[0].source}`;
  return claims.size > 0
    ? { owners: [...claims.values()], problem: null }
    : { owners: [], problem };
}

function idsOf({ labels, annotations, templateLabels }: OwnableObject) {
  const sources = [
    { source: 'label', values: labels },
    { source: 'annotation', values: annotations },
    { source: 'pod template label', values: templateLabels },
  ];
  const ids: Array<{ id: string; source: string }> = [];
  for (const { source, values } of sources) {
    const id = values[kubernetesId];
    if (id && !ids.some(other => other.id === id)) ids.push({ id, source });
  }
  return ids;
}

/** Whether the entity's annotations let it look into this cluster and namespace. */
function isInReach(
  entity: OwnershipEntity,
  { cluster, namespace }: OwnableObject,
): boolean {
  return (
    (!entity.cluster || entity.cluster === cluster) &&
    (!entity.namespace || entity.namespace === namespace)
  );
}

function selectorDetail({ labelSelector, namespace }: OwnershipEntity): string {
  return `label selector ${shortened(labelSelector ?? '')}${
    namespace ? ` in namespace ${namespace}` : ''
  }`;
}

function namespaceClaim(
  namespace: string,
  { source, value }: NamespaceOwner,
  index: OwnershipIndex,
): OwnershipVerdict {
  const where = `${source} ${OWNER}=${value} of namespace ${namespace}`;
  const entityRef = fullEntityRef(value, 'group');
  if (entityRef === undefined) {
    return {
      owners: [],
      problem: `${where} is no entity reference; write it as group:default/team or component:default/name`,
    };
  }
  const entity = index.get(entityRef);
  if (!entity) {
    return {
      owners: [],
      problem: `${where} names ${entityRef}, which the catalog does not have; correct it or register the entity`,
    };
  }
  if (!NAMESPACE_OWNER_KINDS.includes(entity.kind)) {
    return {
      owners: [],
      problem: `${where} names a ${entity.kind}, which can not own workloads; name a component, a system or a group`,
    };
  }
  const { ownerRef, systemRef } = entity;
  return {
    owners: [
      {
        entityRef,
        ownerRef,
        systemRef,
        rule: 'namespace-owner',
        detail: where,
      },
    ],
    problem: null,
  };
}
