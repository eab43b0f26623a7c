import {
  isLabelValue,
  OWNERSHIP_ANNOTATIONS,
  parseLabelSelector,
  isMet,
  type Labels,
  type OwnershipEntity,
  type OwnershipHint,
  type OwnershipIndex,
} from '@roadbed/backstage-plugin-platform-common';
import { distance } from 'fastest-levenshtein';

/** What a hint is made of. */
export interface UnownedFacts {
  cluster: string;
  namespace: string;
  name: string;
  labels: Labels;
  /** Image references. */
  images: readonly string[];
  /** The entity that owns most of the other workloads of the namespace. */
  neighbour?: string;
}

type Because = OwnershipHint['because'];

const PART_OF = ['part-of', 'name', 'instance'].map(
  name => `app.kubernetes.io/${name}`,
);
/** Kinds that are looked at when a name resembles one. */
const KINDS: readonly string[] = ['component', 'resource'];
const MAX_CANDIDATES = 5;

/**
 * Ways in which an unowned workload could become somebody's, the most likely
 * first. Which of them may be shown depends on who asks.
 */
export function ownershipHints(
  facts: UnownedFacts,
  index: OwnershipIndex,
): OwnershipHint[] {
  const hints: OwnershipHint[] = [];
  const add = (because: Because, entities: Iterable<OwnershipEntity>) => {
    for (const entity of entities) {
      if (hints.length >= MAX_CANDIDATES) return;
      if (hints.some(({ entityRef }) => entityRef === entity.entityRef))
        continue;
      const hint = hintFor(facts, entity, because);
      if (hint) hints.push(hint);
    }
  };
  add('same_name', likely(index, facts.name));
  for (const key of PART_OF) {
    const value = facts.labels[key];
    if (value) add('part_of', likely(index, value));
  }
  for (const image of facts.images) {
    add('same_image', likely(index, repositoryName(image)));
  }
  add('similar_name', beginnings(index, facts.name));
  // Comparing with every name takes longest, so only where nothing else is.
  if (hints.length === 0) add('similar_name', misspelt(index, facts.name));
  const neighbour = facts.neighbour && index.get(facts.neighbour);
  if (neighbour) {
    hints.push({
      key: OWNERSHIP_ANNOTATIONS.owner,
      value: neighbour.entityRef,
      target: 'namespace',
      entityRef: neighbour.entityRef,
      because: 'same_namespace',
    });
  }
  return hints;
}

/** Where nothing resembles the workload. */
export const NO_HINT: OwnershipHint = Object.freeze({
  key: OWNERSHIP_ANNOTATIONS.kubernetesId,
  target: 'workload',
  because: 'none',
});

function likely(index: OwnershipIndex, name: string): OwnershipEntity[] {
  return index
    .named(name)
    .filter(({ kind }) => KINDS.includes(kind))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** The label that would make the workload the entity's, if one label would. */
function hintFor(
  { cluster, namespace, labels }: UnownedFacts,
  entity: OwnershipEntity,
  because: Because,
): OwnershipHint | undefined {
  if (entity.cluster && entity.cluster !== cluster) return undefined;
  if (entity.namespace && entity.namespace !== namespace) return undefined;
  const label = entity.labelSelector
    ? missingLabel(entity.labelSelector, labels)
    : idLabel(entity);
  return (
    label && {
      ...label,
      target: 'workload',
      entityRef: entity.entityRef,
      because,
    }
  );
}

function idLabel(entity: OwnershipEntity) {
  const isNamed = entity.kind === 'component';
  const value = entity.kubernetesId ?? (isNamed ? entity.name : undefined);
  return value !== undefined && isLabelValue(value)
    ? { key: OWNERSHIP_ANNOTATIONS.kubernetesId, value }
    : undefined;
}

function missingLabel(selector: string, labels: Labels) {
  try {
    const [first, ...others] = parseLabelSelector(selector).filter(
      requirement => !isMet(requirement, labels),
    );
    return first?.operator === 'in' && others.length === 0
      ? { key: first.key, value: first.values[0] }
      : undefined;
  } catch {
    // A broken selector is told of on the page of its entity.
    return undefined;
  }
}

/** `cart` of `registry.example/shop/cart:1.2@sha256:…`. */
function repositoryName(image: string): string {
  const [path] = image.split('@');
  return path.slice(path.lastIndexOf('/') + 1).split(':')[0];
}

/** Entities whose name the workload's begins with: `cart` of `cart-api-v2`. */
function* beginnings(
  index: OwnershipIndex,
  workload: string,
): Generator<OwnershipEntity> {
  const words = workload.toLowerCase().split('-');
  for (let length = words.length - 1; length > 0; length--) {
    yield* likely(index, words.slice(0, length).join('-'));
  }
}

/** Entities whose name differs in a letter or two. */
function* misspelt(
  index: OwnershipIndex,
  workload: string,
): Generator<OwnershipEntity> {
  const name = workload.toLowerCase();
  const tolerance = Math.min(2, Math.floor(name.length / 4));
  const near: Array<{ name: string; far: number }> = [];
  for (const other of tolerance > 0 ? index.names() : []) {
    if (other[0] !== name[0]) continue;
    if (Math.abs(other.length - name.length) > tolerance) continue;
    const far = distance(name, other);
    if (far > 0 && far <= tolerance) near.push({ name: other, far });
  }
  near.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
  for (const found of near) yield* likely(index, found.name);
}
