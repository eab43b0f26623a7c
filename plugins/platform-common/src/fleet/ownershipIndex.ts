import {
  matchesLabels,
  parseLabelSelector,
  type LabelRequirement,
  type Labels,
} from './labelSelector';
import { MultiMap } from './MultiMap';

/** The annotations of an entity that select workloads, as the Kubernetes plugin reads them. @public */
export const OWNERSHIP_ANNOTATIONS = Object.freeze({
  kubernetesId: 'backstage.io/kubernetes-id',
  labelSelector: 'backstage.io/kubernetes-label-selector',
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
  /** Of a namespace: whose workloads without a claim of their own are. */
  owner: 'backstage.io/owner',
});

/** An entity of the catalog, as far as ownership needs it. @public */
export interface OwnershipEntity {
  /** Full reference in lower case. */
  entityRef: string;
  /** In lower case, such as `component`. */
  kind: string;
  name: string;
  /** Target of its first relation `ownedBy`; of a group or user itself. */
  ownerRef: string | null;
  /** The system that it is part of; of a system itself. */
  systemRef: string | null;
  /** The domain that a system is part of, or a domain itself. */
  domainRef: string | null;
  /** Its annotations of {@link OWNERSHIP_ANNOTATIONS}; an empty one is none. */
  kubernetesId?: string;
  labelSelector?: string;
  namespace?: string;
  cluster?: string;
}

/** An entity with its selector, read. @public */
export interface SelectingEntity {
  entity: OwnershipEntity;
  requirements: LabelRequirement[];
}

/**
 * The entities that may own workloads, by what workloads can be matched with.
 *
 * @remarks
 * Lookups take the same time however many entities there are, but for
 * selectors without any `=` or `in`, which have to be tried one by one.
 *
 * @public
 */
export class OwnershipIndex {
  readonly #entities = new Map<string, OwnershipEntity>();
  readonly #byId = new MultiMap<string, OwnershipEntity>();
  readonly #byName = new MultiMap<string, OwnershipEntity>();
  /** By one label that a selector asks for; `''` holds those that ask for none. */
  readonly #byLabel = new MultiMap<string, SelectingEntity>();

  constructor(entities: Iterable<OwnershipEntity> = []) {
    for (const entity of entities) this.set(entity);
  }

  /** Adds an entity or replaces the one of the same reference. */
  set(entity: OwnershipEntity): void {
    this.delete(entity.entityRef);
    this.#entities.set(entity.entityRef, entity);
    this.#byName.add(entity.name.toLowerCase(), entity);
    const id = idOf(entity);
    if (id !== undefined) this.#byId.add(id, entity);
    const selecting = selectingOf(entity);
    for (const label of labelsOf(selecting)) {
      this.#byLabel.add(label, selecting!);
    }
  }

  delete(entityRef: string): void {
    const entity = this.#entities.get(entityRef);
    if (!entity) return;
    this.#entities.delete(entityRef);
    const isIt = (other: OwnershipEntity) => other === entity;
    this.#byName.remove(entity.name.toLowerCase(), isIt);
    const id = idOf(entity);
    if (id !== undefined) this.#byId.remove(id, isIt);
    for (const label of labelsOf(selectingOf(entity))) {
      this.#byLabel.remove(label, other => other.entity === entity);
    }
  }

  get size(): number {
    return this.#entities.size;
  }

  get(entityRef: string): OwnershipEntity | undefined {
    return this.#entities.get(entityRef);
  }

  values(): IterableIterator<OwnershipEntity> {
    return this.#entities.values();
  }

  /** Entities of this name, in any kind and namespace and in any case. */
  named(name: string): readonly OwnershipEntity[] {
    return this.#byName.get(name.toLowerCase());
  }

  /** Names of entities, in lower case. */
  names(): IterableIterator<string> {
    return this.#byName.keys();
  }

  /**
   * Entities that a workload with this id belongs to. As in the Kubernetes
   * plugin a label selector replaces the id, and a component without either
   * goes by its name.
   */
  withId(id: string): readonly OwnershipEntity[] {
    return this.#byId.get(id);
  }

  /** Entities whose selector these labels meet, those that name a value first. */
  selecting(labels: Labels): SelectingEntity[] {
    const candidates = new Set(
      Object.keys(labels).flatMap(key =>
        this.#byLabel.get(`${key}=${labels[key]}`),
      ),
    );
    for (const candidate of this.#byLabel.get('')) candidates.add(candidate);
    return [...candidates].filter(({ requirements }) =>
      matchesLabels(requirements, labels),
    );
  }
}

function idOf(entity: OwnershipEntity): string | undefined {
  if (entity.labelSelector) return undefined;
  if (entity.kubernetesId) return entity.kubernetesId;
  return entity.kind === 'component' ? entity.name : undefined;
}

function selectingOf(entity: OwnershipEntity): SelectingEntity | undefined {
  if (!entity.labelSelector) return undefined;
  try {
    return { entity, requirements: parseLabelSelector(entity.labelSelector) };
  } catch {
    // Selects nothing; `selectorProblem` says so where the entity is shown.
    return undefined;
  }
}

/** Under which labels a selector is found: those of its narrowest `=` or `in`. */
function labelsOf(selecting: SelectingEntity | undefined): string[] {
  if (!selecting) return [];
  const [narrowest] = selecting.requirements
    .filter(({ operator }) => operator === 'in')
    .sort((a, b) => a.values.length - b.values.length);
  return narrowest
    ? [...new Set(narrowest.values)].map(value => `${narrowest.key}=${value}`)
    : [''];
}
