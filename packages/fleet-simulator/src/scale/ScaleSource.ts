import { NotFoundError } from '@backstage/errors';
import { methodNotAllowed } from '../api/StatusError';
import type { KubernetesObject } from '../kubernetes';
import type { ResourceType } from '../resources/ResourceType';
import {
  objectKey,
  type MutableObjectSource,
  type ObjectChange,
  type ScannedObject,
  type ScanOptions,
} from '../store/ObjectSource';
import type { ObjectStore } from '../store/ObjectStore';
import { truthOfStored, type TrueObject } from './truth';
import { ClusterModel } from './ClusterModel';
import { GeneratedObjects } from './GeneratedObjects';
import type { ScalePlan } from './planFleet';
import type { Change } from './Rounds';
import { changesBetween, type RoundChange } from './roundChanges';

type ResourceName = Pick<ResourceType, 'group' | 'resource'>;

/**
 * The objects of a generated cluster together with those that clients create
 * in its store, under one counter of revisions. Generated objects change by
 * {@link ScaleSource.change} only: clients get 405 for them.
 */
export class ScaleSource implements MutableObjectSource {
  private readonly model: ClusterModel;
  private readonly generated: GeneratedObjects;
  private readonly listeners = new Set<(change: ObjectChange) => void>();

  constructor(
    private readonly options: {
      plan: ScalePlan;
      store: ObjectStore;
      /** When the cluster was populated, epoch milliseconds. */
      bornAt: number;
      /** The clock of the cluster, epoch milliseconds. */
      now: () => number;
    },
  ) {
    const { store, ...rest } = options;
    this.model = new ClusterModel({
      ...rest,
      takeRevisions: count => store.takeRevisions(count),
    });
    this.generated = new GeneratedObjects(this.model);
  }

  get revision(): number {
    return this.options.store.revision;
  }

  get compactedRevision(): number {
    return this.options.store.compactedRevision;
  }

  /**
   * A part of the objects change, at a new revision.
   *
   * @returns how many workloads, pods and namespaces differ, came or went
   */
  change(change: Change): number {
    const before = this.revision;
    this.model.change(change);
    let changed = 0;
    for (const { resource, change: event } of this.between(
      before,
      this.revision,
    )) {
      // ReplicaSets follow their Deployments: one change, not two.
      if (resource.resource !== 'replicasets') changed += 1;
      for (const listener of this.listeners) listener(event());
    }
    return changed;
  }

  /**
   * Deletes a namespace with all that is in it, and makes it anew.
   *
   * @throws NotFoundError when it is not one of the generated ones
   */
  recreateNamespace(name: string): { namespace: string; uid: string } {
    const names = Array.from({ length: this.options.plan.namespaces }, (_, i) =>
      this.model.namespaceName(i),
    );
    const recreated = names.indexOf(name);
    if (recreated < 0) {
      throw new NotFoundError(
        `No generated namespace "${name}" in ${
          this.options.plan.name
        }; it has ${names[0]} to ${names.at(-1)}`,
      );
    }
    this.change({ recreated });
    const resource = { group: '', resource: 'namespaces' };
    const { uid } = this.generated.get(resource, name, this.revision)!;
    return { namespace: name, uid };
  }

  /** Forgets all that was, so that continue tokens given out until now get 410. */
  compact(): void {
    const { store } = this.options;
    store.takeRevisions(1);
    store.compact();
  }

  /** What an inventory must say of everything that is here now, resource by resource. */
  *truth(): Iterable<TrueObject> {
    const { revision } = this;
    for (const resource of GeneratedObjects.resources) {
      if (resource.kind === 'ReplicaSet') continue;
      for (const object of this.options.store.scan({ resource })) {
        yield truthOfStored(object.object, resource);
      }
      for (const object of this.generated.scan({ resource, revision })) {
        yield object.truth;
      }
    }
  }

  get(resource: ResourceName, key: string): KubernetesObject | undefined {
    return (
      this.options.store.get(resource, key) ??
      this.generated.get(resource, key, this.revision)?.object
    );
  }

  *scan(options: ScanOptions): Iterable<ScannedObject> {
    const { revision = this.revision } = options;
    const stored = this.options.store.scan(options)[Symbol.iterator]();
    let next = stored.next();
    for (const object of this.generated.scan({ ...options, revision })) {
      while (!next.done && next.value.key < object.key) {
        yield next.value;
        next = stored.next();
      }
      yield object;
    }
    while (!next.done) {
      yield next.value;
      next = stored.next();
    }
  }

  count(options: ScanOptions): number {
    const { revision = this.revision } = options;
    return (
      this.options.store.count(options) +
      this.generated.count({ ...options, revision })
    );
  }

  changesSince(revision: number): readonly ObjectChange[] {
    const generated = Array.from(
      this.between(revision, this.revision),
      ({ change }) => change(),
    );
    return [...this.options.store.changesSince(revision), ...generated].sort(
      (a, b) => a.revision - b.revision,
    );
  }

  subscribe(listener: (change: ObjectChange) => void): () => void {
    const leaveStore = this.options.store.subscribe(listener);
    this.listeners.add(listener);
    return () => {
      leaveStore();
      this.listeners.delete(listener);
    };
  }

  create(object: KubernetesObject): KubernetesObject {
    return this.options.store.create(object);
  }

  /** @throws StatusError 405 for a generated object */
  update(object: KubernetesObject): KubernetesObject {
    const { kind, metadata } = object;
    const resource = GeneratedObjects.resources.find(one => one.kind === kind);
    if (resource) {
      this.refuse(resource, objectKey(metadata.namespace, metadata.name!));
    }
    return this.options.store.update(object);
  }

  /** @throws StatusError 405 for a generated object */
  delete(resource: ResourceName, key: string): KubernetesObject {
    this.refuse(resource, key);
    return this.options.store.delete(resource, key);
  }

  private refuse(resource: ResourceName, key: string): void {
    if (this.generated.get(resource, key, this.revision)) {
      throw methodNotAllowed();
    }
  }

  /** The changes of the rounds after one revision up to another. */
  private *between(after: number, until: number): Iterable<RoundChange> {
    const { rounds } = this.model;
    const last = rounds.seenAt(until);
    for (let round = rounds.seenAt(after) + 1; round <= last; round++) {
      yield* changesBetween(this.generated, {
        before: rounds.at(round - 1).first,
        after: rounds.at(round).first,
      });
    }
  }
}
