import { createHash } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { KubernetesObject } from '../kubernetes';
import type { ResourceRegistry } from '../resources/ResourceRegistry';
import { qualifiedName, type ResourceType } from '../resources/ResourceType';
import {
  objectKey,
  type MutableObjectSource,
  type ObjectChange,
  type ScannedObject,
  type ScanOptions,
} from './ObjectSource';
import { ResourceTable } from './ResourceTable';

type ResourceName = Pick<ResourceType, 'group' | 'resource'>;

/** How an {@link ObjectStore} begins and how much of the past it keeps. */
export interface ObjectStoreOptions {
  registry: ResourceRegistry;
  /** Epoch milliseconds. */
  now: () => number;
  /** Goes into every generated uid, so that equal clusters are equal byte by byte. */
  seed: string;
  /** Changes that watches and snapshots can go back; 5,000 unless given. */
  historyLimit?: number;
}

/**
 * Objects with all their versions under one revision counter, as etcd keeps
 * them: a list can be continued at the revision it began at while objects
 * change.
 */
export class ObjectStore implements MutableObjectSource {
  private readonly tables = new Map<string, ResourceTable>();
  private readonly listeners = new Set<(change: ObjectChange) => void>();
  private changes: ObjectChange[] = [];
  private currentRevision = 1;
  private compacted = 1;
  private created = 0;

  constructor(private readonly options: ObjectStoreOptions) {}

  get revision(): number {
    return this.currentRevision;
  }

  get compactedRevision(): number {
    return this.compacted;
  }

  get(resource: ResourceName, key: string): KubernetesObject | undefined {
    return this.tables.get(qualifiedName(resource))?.get(key);
  }

  *scan(options: ScanOptions): Iterable<ScannedObject> {
    const table = this.tables.get(qualifiedName(options.resource));
    if (!table) return;
    const prefix = options.namespace ? `${options.namespace}/` : '';
    for (const key of table.keys(prefix, options.from ?? '')) {
      const object = table.get(key, options.revision);
      if (object) yield { key, object, metadata: object.metadata };
    }
  }

  count(options: ScanOptions): number {
    let count = 0;
    for (const _ of this.scan(options)) count++;
    return count;
  }

  /** Every object of a resource as it is now. */
  list(resource: ResourceName, namespace?: string): KubernetesObject[] {
    return [...this.scan({ resource, namespace })].map(({ object }) => object);
  }

  changesSince(revision: number): readonly ObjectChange[] {
    return this.changes.filter(change => change.revision > revision);
  }

  subscribe(listener: (change: ObjectChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Creates an object, or replaces the one of the same name. Uid,
   * creationTimestamp and resourceVersion are filled in.
   */
  apply(object: KubernetesObject): KubernetesObject {
    const { type, key } = this.locate(object);
    return this.get(type, key) ? this.update(object) : this.create(object);
  }

  /** @throws ConflictError when an object of that name exists */
  create(object: KubernetesObject): KubernetesObject {
    const { type, key } = this.locate(object);
    if (this.get(type, key)) {
      throw new ConflictError(
        `${qualifiedName(type)} "${object.metadata.name}" already exists`,
      );
    }
    const { name, generateName, namespace, ...rest } = object.metadata;
    const stored = this.stamp(type, object, {
      name,
      ...(generateName ? { generateName } : {}),
      ...(type.namespaced ? { namespace } : {}),
      uid: rest.uid ?? this.uid(type, key),
      creationTimestamp:
        rest.creationTimestamp ?? timestamp(this.options.now()),
      ...rest,
    });
    this.record({ type: 'ADDED', resource: type, key, object: stored });
    return stored;
  }

  /** @throws NotFoundError when there is nothing to replace */
  update(object: KubernetesObject): KubernetesObject {
    const { type, key } = this.locate(object);
    const previous = this.get(type, key);
    if (!previous) {
      throw new NotFoundError(
        `${qualifiedName(type)} "${object.metadata.name}" not found`,
      );
    }
    const stored = this.stamp(type, object, {
      ...object.metadata,
      uid: previous.metadata.uid,
      creationTimestamp: previous.metadata.creationTimestamp,
    });
    this.record({ type: 'MODIFIED', resource: type, key, object: stored });
    return stored;
  }

  /** @throws NotFoundError when there is no such object */
  delete(resource: ResourceName, key: string): KubernetesObject {
    const previous = this.get(resource, key);
    if (!previous) {
      throw new NotFoundError(
        `${qualifiedName(resource)} "${key}" not found in the store`,
      );
    }
    const last = {
      ...previous,
      metadata: {
        ...previous.metadata,
        resourceVersion: String(this.currentRevision + 1),
      },
    };
    this.record({ type: 'DELETED', resource, key, object: last });
    return last;
  }

  /**
   * Forgets the past up to a revision, the newest when not given: older
   * continue tokens and watches get 410 from then on.
   */
  compact(revision = this.currentRevision): void {
    if (revision <= this.compacted) return;
    this.compacted = revision;
    const kept = this.changes.findIndex(change => change.revision > revision);
    const forgotten = this.changes.splice(
      0,
      kept < 0 ? this.changes.length : kept,
    );
    for (const { resource, object } of forgotten) {
      this.tables
        .get(qualifiedName(resource))
        ?.compact(
          objectKey(object.metadata.namespace, object.metadata.name!),
          revision,
        );
    }
  }

  /**
   * Takes revisions for changes that another source keeps, so that both share
   * one counter.
   *
   * @returns the first of them
   */
  takeRevisions(count: number): number {
    const first = this.currentRevision + 1;
    this.currentRevision += count;
    return first;
  }

  private locate(object: KubernetesObject): {
    type: ResourceType;
    key: string;
  } {
    const type = this.options.registry.ofKind(object.apiVersion, object.kind);
    const { name, namespace } = object.metadata;
    if (!name) {
      throw new InputError(
        `metadata.name of a ${object.kind} is missing; give it one before it is stored`,
      );
    }
    if (type.namespaced && !namespace) {
      throw new InputError(
        `metadata.namespace of ${object.kind} "${name}" is missing; ${type.resource} live in a namespace`,
      );
    }
    return {
      type,
      key: objectKey(type.namespaced ? namespace : undefined, name),
    };
  }

  private stamp(
    type: ResourceType,
    object: KubernetesObject,
    metadata: KubernetesObject['metadata'],
  ): KubernetesObject {
    const { apiVersion: _a, kind: _k, metadata: _m, ...content } = object;
    return {
      kind: type.kind,
      apiVersion: type.group ? `${type.group}/${type.version}` : type.version,
      metadata: {
        ...metadata,
        resourceVersion: String(this.currentRevision + 1),
      },
      ...content,
    };
  }

  private record(options: {
    type: ObjectChange['type'];
    resource: ResourceName;
    key: string;
    object: KubernetesObject;
  }): void {
    const { type, resource, key, object } = options;
    const name = qualifiedName(resource);
    const table = this.tables.get(name) ?? new ResourceTable();
    this.tables.set(name, table);
    const revision = ++this.currentRevision;
    const previous = table.get(key);
    table.put(key, {
      revision,
      object: type === 'DELETED' ? undefined : object,
    });
    const change: ObjectChange = {
      type,
      resource: { group: resource.group, resource: resource.resource },
      object,
      ...(previous ? { previous } : {}),
      revision,
    };
    this.changes.push(change);
    const limit = this.options.historyLimit ?? 5_000;
    // Compacting half at once keeps the cost of a change constant.
    if (this.changes.length > limit) {
      this.compact(this.changes[Math.floor(limit / 2)].revision);
    }
    for (const listener of this.listeners) listener(change);
  }

  private uid(type: ResourceType, key: string): string {
    return uidOf(
      `${this.options.seed}/${qualifiedName(type)}/${key}/${this.created++}`,
    );
  }
}

/** A uid (RFC 4122 layout, version 4) that is always the same for one text. */
export function uidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'[parseInt(hex[16], 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(
    13,
    16,
  )}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** RFC 3339 with seconds, as Kubernetes writes times. */
export function timestamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
