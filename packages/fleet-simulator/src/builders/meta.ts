import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { ownedFields } from '../api/managedFields';
import type {
  KubernetesObject,
  ManagedFieldsEntry,
  ObjectMeta,
  OwnerReference,
} from '../kubernetes';
import { timestamp } from '../store/ObjectStore';

/** Options that every builder takes. */
export interface MetaOptions {
  name: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** Epoch milliseconds; filled in by the store unless given. */
  createdAt?: number;
  ownerReferences?: OwnerReference[];
  /** Filled in by the store unless given. */
  uid?: string;
  /** Who last wrote the object; a builder has its own default. */
  managedBy?: readonly Manager[];
}

/** {@link MetaOptions} of objects that live in a namespace. */
export interface NamespacedOptions extends MetaOptions {
  namespace: string;
}

/** A writer of an object, as managedFields will tell it. */
export interface Manager {
  /** Such as `kubectl-client-side-apply`, `argocd-controller`, `helm`. */
  name: string;
  operation?: 'Apply' | 'Update';
  /** The version it wrote through; that of the object unless given. */
  apiVersion?: string;
  /** Epoch milliseconds; the creation unless given. */
  at?: number;
  subresource?: 'status';
}

/** The person or pipeline that deploys, unless a builder is told otherwise. */
export const DEPLOYER: Manager = { name: 'kubectl-client-side-apply' };

/** The controller manager writing a status. */
export const CONTROLLER: Manager = {
  name: 'kube-controller-manager',
  subresource: 'status',
};

/** Equal field sets are one object in memory: a fleet has few different ones. */
const interned = new Map<string, Record<string, unknown>>();

/** Puts an object together: metadata of the options, content, managedFields. */
export function build(options: {
  apiVersion: string;
  kind: string;
  meta: MetaOptions & { namespace?: string };
  generation?: boolean;
  content?: Record<string, unknown>;
  managers: readonly Manager[];
}): KubernetesObject {
  const { apiVersion, kind, meta, content = {}, managers } = options;
  const metadata: ObjectMeta = {
    name: meta.name,
    ...(meta.namespace ? { namespace: meta.namespace } : {}),
    ...(meta.uid ? { uid: meta.uid } : {}),
    ...(options.generation ? { generation: 1 } : {}),
    ...(meta.createdAt === undefined
      ? {}
      : { creationTimestamp: timestamp(meta.createdAt) }),
    ...(meta.labels ? { labels: meta.labels } : {}),
    ...(meta.annotations ? { annotations: meta.annotations } : {}),
    ...(meta.ownerReferences ? { ownerReferences: meta.ownerReferences } : {}),
  };
  const object: KubernetesObject = { apiVersion, kind, metadata, ...content };
  metadata.managedFields = managers.map(manager =>
    managedFieldsEntry(object, manager),
  );
  return object;
}

function managedFieldsEntry(
  object: KubernetesObject,
  manager: Manager,
): ManagedFieldsEntry {
  const { creationTimestamp } = object.metadata;
  const fields = ownedFields(
    object,
    manager.subresource === 'status' ? 'status' : 'not status',
  );
  const time =
    manager.at === undefined ? creationTimestamp : timestamp(manager.at);
  return {
    manager: manager.name,
    operation: manager.operation ?? 'Update',
    apiVersion: manager.apiVersion ?? object.apiVersion,
    ...(time ? { time } : {}),
    fieldsType: 'FieldsV1',
    fieldsV1: intern(fields),
    ...(manager.subresource ? { subresource: manager.subresource } : {}),
  };
}

function intern(fields: Record<string, unknown>): Record<string, unknown> {
  const key = JSON.stringify(fields);
  const known = interned.get(key);
  if (known) return known;
  interned.set(key, fields);
  return fields;
}

/** A reference to the controller of an object. */
export function controlledBy(owner: KubernetesObject): OwnerReference {
  if (!owner.metadata.uid) {
    throw new InputError(
      `${owner.kind} "${owner.metadata.name}" has no uid; apply it to a store first and pass what the store returns`,
    );
  }
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name!,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Characters as Kubernetes makes them for generated names, always the same for one text. */
export function suffix(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest();
  return Array.from(
    digest.subarray(0, length),
    byte => SUFFIX_ALPHABET[byte % SUFFIX_ALPHABET.length],
  ).join('');
}
