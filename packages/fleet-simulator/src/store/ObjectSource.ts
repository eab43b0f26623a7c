import type { KubernetesObject, ObjectMeta } from '../kubernetes';
import type { ResourceType } from '../resources/ResourceType';

/** A change of one object, as a watch tells it. */
export interface ObjectChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: Pick<ResourceType, 'group' | 'resource'>;
  /** The new state, or the last one with the revision of the deletion. */
  object: KubernetesObject;
  /** The state before; absent for ADDED. */
  previous?: KubernetesObject;
  revision: number;
}

/** Which objects of a resource to read, and from which moment. */
export interface ScanOptions {
  resource: Pick<ResourceType, 'group' | 'resource'>;
  namespace?: string;
  /** Only keys (`namespace/name`, or `name` of cluster-scoped ones) after or equal to this one. */
  from?: string;
  /** Snapshot to read; the newest when absent. */
  revision?: number;
}

/** An object on the way through a list. */
export interface ScannedObject {
  /** `namespace/name`, or `name` of cluster-scoped ones. */
  key: string;
  /** What selectors of labels look at. */
  readonly metadata: Pick<ObjectMeta, 'name' | 'namespace' | 'labels'>;
  /** The whole of it; a source may make it when it is asked for. */
  readonly object: KubernetesObject;
  /** JSON text of it as an item of a list, without kind and apiVersion, of sources that have it at hand. */
  readonly json?: string;
}

/**
 * Where the objects of a simulated cluster come from.
 *
 * @remarks
 * The API server only reads through this interface. {@link ObjectStore} holds
 * every object with its history; a source for load tests may instead compute
 * objects from a seed, as long as it honours snapshots and key order.
 */
export interface ObjectSource {
  /** Newest revision; the `resourceVersion` of lists that start now. */
  readonly revision: number;
  /** Oldest revision that can still be read. */
  readonly compactedRevision: number;
  get(
    resource: Pick<ResourceType, 'group' | 'resource'>,
    key: string,
  ): KubernetesObject | undefined;
  /** In byte order of keys, as etcd does. */
  scan(options: ScanOptions): Iterable<ScannedObject>;
  /** Number of objects that {@link ObjectSource.scan} would give. */
  count(options: ScanOptions): number;
  /** Changes after a revision, oldest first. */
  changesSince(revision: number): readonly ObjectChange[];
  /** Calls back on every change until the returned function is called. */
  subscribe(listener: (change: ObjectChange) => void): () => void;
}

/** A source that clients may also change. */
export interface MutableObjectSource extends ObjectSource {
  create(object: KubernetesObject): KubernetesObject;
  update(object: KubernetesObject): KubernetesObject;
  delete(
    resource: Pick<ResourceType, 'group' | 'resource'>,
    key: string,
  ): KubernetesObject;
}

/** Whether clients may change the objects of a source. */
export function isMutable(source: ObjectSource): source is MutableObjectSource {
  return 'create' in source;
}

/** `namespace/name`, or `name` for objects without a namespace. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}
