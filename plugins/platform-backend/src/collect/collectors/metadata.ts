import type { JsonArray, JsonObject } from '@backstage/types';
import type {
  KubernetesObject,
  ObservedObject,
} from '@roadbed/backstage-plugin-platform-node';
import {
  compact,
  compactAll,
  flag,
  record,
  records,
  text,
  textMap,
  whole,
} from './projection';

/**
 * Annotations that are kept. All others are not: an annotation can hold
 * anything, and the last-applied one holds the whole object.
 */
const KEPT_ANNOTATIONS: ReadonlySet<string> = new Set([
  'argocd.argoproj.io/tracking-id',
  'deployment.kubernetes.io/revision',
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
]);
const KEPT_ANNOTATION_PREFIXES = ['backstage.io/'];

/** Labels; they are no secrets, selectors and ownership are made of them. */
export function labels(object: KubernetesObject): JsonObject {
  return textMap(record(object.metadata).labels);
}

/** The annotations of the allow-list. */
export function annotations(object: KubernetesObject): JsonObject {
  return textMap(
    record(object.metadata).annotations,
    key =>
      KEPT_ANNOTATIONS.has(key) ||
      KEPT_ANNOTATION_PREFIXES.some(prefix => key.startsWith(prefix)),
    256,
  );
}

/**
 * Who wrote the object with which API version and when: `managedFields`
 * without the fields.
 *
 * @param options - `statusTimes: false` leaves out when the status was written,
 * for kinds whose status is a heartbeat: it would change every row at every run
 */
export function managed(
  object: KubernetesObject,
  options: { statusTimes: boolean } = { statusTimes: true },
): JsonArray {
  return compactAll(
    records(record(object.metadata).managedFields).map(entry => ({
      manager: text(entry.manager, 128),
      apiVersion: text(entry.apiVersion, 128),
      operation: text(entry.operation, 16),
      subresource: text(entry.subresource, 32),
      time:
        options.statusTimes || entry.subresource !== 'status'
          ? text(entry.time, 32)
          : undefined,
    })),
  );
}

/** The owners an object names. */
export function ownerReferences(object: KubernetesObject): JsonArray {
  return compactAll(
    records(record(object.metadata).ownerReferences, 20).map(owner => ({
      apiVersion: text(owner.apiVersion, 128),
      kind: text(owner.kind, 128),
      name: text(owner.name),
      uid: text(owner.uid, 64),
      controller: flag(owner.controller),
    })),
  );
}

/** Conditions without their messages, which can carry a user's text. */
export function conditions(status: unknown): JsonArray {
  return compactAll(
    records(record(status).conditions, 30).map(condition => ({
      type: text(condition.type, 128),
      status: text(condition.status, 16),
      reason: text(condition.reason, 128),
      lastTransitionTime: text(condition.lastTransitionTime, 32),
    })),
  );
}

/** A label selector: its labels, and its expressions term by term. */
export function selector(value: unknown): JsonObject | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { matchLabels, matchExpressions } = record(value);
  return compact({
    matchLabels: textMap(matchLabels),
    matchExpressions:
      matchExpressions === undefined
        ? undefined
        : compactAll(
            records(matchExpressions).map(expression => ({
              key: text(expression.key, 317),
              operator: text(expression.operator, 32),
              values: Array.isArray(expression.values)
                ? expression.values
                    .slice(0, 100)
                    .flatMap(item => text(item, 63) ?? [])
                : undefined,
            })),
          ),
  });
}

/** A document with what every document says of its object. */
export function withCommon(
  object: KubernetesObject,
  doc: JsonObject,
): JsonObject {
  const metadata = record(object.metadata);
  return compact({
    ...doc,
    labels: labels(object),
    annotations: annotations(object),
    ownerReferences: ownerReferences(object),
    createdAt: text(metadata.creationTimestamp, 32),
    deletedAt: text(metadata.deletionTimestamp, 32),
    generation: whole(metadata.generation),
    managed: managed(object),
  });
}

/**
 * The row of an object, keyed by its UID.
 *
 * @returns nothing for an object without a name, which no API server sends
 */
export function observed(
  object: KubernetesObject,
  doc: JsonObject,
): ObservedObject | undefined {
  const { uid, name, namespace } = record(object.metadata);
  if (typeof name !== 'string' || name === '') {
    return undefined;
  }
  const space = text(namespace) ?? null;
  return {
    key: text(uid, 128) ?? `${space ?? ''}/${name}`,
    namespace: space,
    name: text(name, 253)!,
    doc,
  };
}
