import type { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import type {
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';

const MAX_ITEMS = 100;

/**
 * Reads HTTPRoutes: hosts, the gateways they attach to, the services they lead
 * to, and whether the gateways took them. Matches, headers and filters are
 * left out, as they can hold anything.
 */
export const httpRouteCollector: ListCollector = {
  type: 'list',
  id: 'httproutes',
  title: 'HTTP routes',
  cadence: { minutes: 10 },
  resource: {
    group: 'gateway.networking.k8s.io',
    versions: ['v1', 'v1beta1'],
    resource: 'httproutes',
    kind: 'HTTPRoute',
    namespaced: true,
  },
  verbs: ['list'],
  body: 'full',
  pageSize: 200,
  project: object => ({
    key: object.metadata.uid ?? keyByName(object),
    namespace: object.metadata.namespace ?? null,
    name: object.metadata.name,
    doc: routeDoc(object),
  }),
};

function keyByName({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function routeDoc(object: KubernetesObject): JsonObject {
  const spec = record(object.spec);
  const backends = records(spec.rules).flatMap(rule =>
    records(rule.backendRefs),
  );
  return withoutUndefined({
    labels: labels(object.metadata.labels),
    createdAt: text(object.metadata.creationTimestamp),
    hosts: (Array.isArray(spec.hostnames) ? spec.hostnames : [])
      .slice(0, MAX_ITEMS)
      .flatMap(host => text(host) ?? []),
    parents: references(spec.parentRefs, 'Gateway'),
    backends: distinct(references(backends, 'Service')),
    status: parentStatuses(object.status),
    managed: records(object.metadata.managedFields).map(entry =>
      withoutUndefined({
        manager: text(entry.manager),
        apiVersion: text(entry.apiVersion),
        operation: text(entry.operation),
        subresource: text(entry.subresource),
        time: text(entry.time),
      }),
    ),
  });
}

/** References to gateways or services, of which the kind may be left out. */
function references(value: unknown, kind: string): JsonObject[] {
  return records(value).map(reference =>
    withoutUndefined({
      kind: text(reference.kind) ?? kind,
      namespace: text(reference.namespace),
      name: text(reference.name),
      sectionName: text(reference.sectionName),
      port: typeof reference.port === 'number' ? reference.port : undefined,
    }),
  );
}

/** Conditions per gateway, without their messages. */
function parentStatuses(status: unknown): JsonArray {
  return records(record(status).parents).map(parent =>
    withoutUndefined({
      parent: references([parent.parentRef], 'Gateway')[0],
      controllerName: text(parent.controllerName),
      conditions: records(parent.conditions).map(condition =>
        withoutUndefined({
          type: text(condition.type),
          status: text(condition.status),
          reason: text(condition.reason),
          lastTransitionTime: text(condition.lastTransitionTime),
        }),
      ),
    }),
  );
}

function distinct(items: JsonObject[]): JsonObject[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()];
}

function labels(value: unknown): JsonObject {
  return withoutUndefined(
    Object.fromEntries(
      Object.entries(record(value))
        .slice(0, MAX_ITEMS)
        .map(([key, label]) => [key, text(label)?.slice(0, 63)]),
    ),
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function records(value: unknown): Array<Record<string, unknown>> {
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS).map(record) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 253) : undefined;
}

function withoutUndefined(
  fields: Record<string, JsonValue | undefined>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as JsonObject;
}
