import type { KubernetesObject } from '../kubernetes';
import type { ResourceRegistry } from '../resources/ResourceRegistry';
import { groupVersionOf, qualifiedName } from '../resources/ResourceType';
import { objectKey, type MutableObjectSource } from '../store/ObjectSource';
import { timestamp } from '../store/ObjectStore';
import { recordWrite } from './managedFields';
import { mergePatch, strategicMergePatch } from './mergePatch';
import type { BodyReply, TypedRequest } from './Reply';
import { parseJsonBody } from './requestBody';
import { getObject } from './getObject';
import { fromScale, toScale } from './scale';
import {
  badRequest,
  conflict,
  methodNotAllowed,
  StatusError,
} from './StatusError';

/** What the writing handlers need beside the request. */
export interface WriteContext {
  source: MutableObjectSource;
  registry: ResourceRegistry;
  /** Epoch milliseconds. */
  now: number;
}

/** Answers POST on a collection. */
export function createObject(
  request: TypedRequest,
  context: WriteContext,
): BodyReply {
  const { type } = request;
  const body = parseBody(request);
  const metadata = { ...body.metadata };
  if (!metadata.name && metadata.generateName) {
    metadata.name = `${metadata.generateName}${context.source.revision.toString(
      36,
    )}`;
  }
  if (!metadata.name) {
    throw new StatusError({
      code: 422,
      reason: 'Invalid',
      message: `${type.kind} "" is invalid: metadata.name: Required value: name or generateName is required`,
      details: { kind: type.kind },
    });
  }
  if (type.namespaced) metadata.namespace = request.namespace;
  const key = objectKey(metadata.namespace, metadata.name);
  if (context.source.get(type, key)) {
    throw conflict(type, metadata.name, 'AlreadyExists');
  }
  const object = { ...body, metadata: { ...metadata, generation: 1 } };
  return {
    status: 201,
    body: context.source.create(owned(undefined, object, request, context)),
  };
}

/** Answers PUT and PATCH on an object or on its `status` or `scale`. */
export function changeObject(
  request: TypedRequest,
  context: WriteContext,
): BodyReply {
  const { type, namespace, subresource } = request;
  const current = getObject(request, context.source);
  const view = subresource === 'scale' ? toScale(current) : current;
  const changed =
    request.verb === 'patch'
      ? patched(view, request)
      : (parseBody(request) as KubernetesObject);
  const expectedVersion = changed.metadata?.resourceVersion;
  if (expectedVersion && expectedVersion !== current.metadata.resourceVersion) {
    throw conflict(type, current.metadata.name!, 'Conflict');
  }
  const next = combine(current, changed, subresource);
  const stored = context.source.update(
    owned(
      current,
      {
        ...next,
        apiVersion: current.apiVersion,
        kind: current.kind,
        metadata: {
          ...next.metadata,
          name: current.metadata.name,
          ...(namespace && type.namespaced ? { namespace } : {}),
          generation: generationAfter(current, next),
        },
      },
      request,
      context,
    ),
  );
  return {
    status: 200,
    body: subresource === 'scale' ? toScale(stored) : stored,
  };
}

/** Answers DELETE on an object, with everything it owns. */
export function deleteObject(
  request: TypedRequest,
  context: WriteContext,
): BodyReply {
  const { type } = request;
  const object = getObject(request, context.source);
  const { name, namespace, uid } = object.metadata;
  context.source.delete(type, objectKey(namespace, name!));
  deleteDependents(uid!, context);
  return {
    status: 200,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name,
        ...(type.group ? { group: type.group } : {}),
        kind: type.resource,
        uid,
      },
    },
  };
}

function deleteDependents(uid: string, context: WriteContext): void {
  const { source, registry } = context;
  for (const type of registry.all()) {
    if (registry.ofKind(groupVersionOf(type), type.kind) !== type) continue;
    for (const { key, object } of [...source.scan({ resource: type })]) {
      if (object.metadata.ownerReferences?.some(owner => owner.uid === uid)) {
        source.delete(type, key);
        deleteDependents(object.metadata.uid!, context);
      }
    }
  }
}

function combine(
  current: KubernetesObject,
  changed: KubernetesObject,
  subresource: string | undefined,
): KubernetesObject {
  switch (subresource) {
    case undefined:
      return 'status' in current
        ? { ...changed, status: current.status }
        : changed;
    case 'status':
      return { ...current, status: changed.status };
    case 'scale':
      return fromScale(current, changed);
    default:
      throw methodNotAllowed();
  }
}

/** The generation counts changes of anything but metadata and status. */
function generationAfter(
  current: KubernetesObject,
  next: KubernetesObject,
): number | undefined {
  const { generation } = current.metadata;
  if (generation === undefined) return undefined;
  return JSON.stringify(current.spec) === JSON.stringify(next.spec)
    ? generation
    : generation + 1;
}

function owned(
  current: KubernetesObject | undefined,
  next: KubernetesObject,
  request: TypedRequest,
  context: WriteContext,
): KubernetesObject {
  const agent = request.headers['user-agent'] ?? 'unknown';
  const managedFields = recordWrite(current, next, {
    manager: request.query.get('fieldManager') ?? agent.split('/')[0],
    operation: 'Update',
    apiVersion: groupVersionOf(request.type),
    time: timestamp(context.now),
    subresource: request.subresource,
  });
  return { ...next, metadata: { ...next.metadata, managedFields } };
}

function patched(current: KubernetesObject, request: TypedRequest) {
  const contentType = request.headers['content-type']?.split(';')[0];
  const patch = parseJsonBody(request);
  switch (contentType) {
    case 'application/merge-patch+json':
      return mergePatch(current, patch);
    case 'application/strategic-merge-patch+json':
      return strategicMergePatch(current, patch);
    default:
      throw new StatusError({
        code: 415,
        reason: 'UnsupportedMediaType',
        message: `the body of the request was in an unknown format - accepted media types include: application/merge-patch+json, application/strategic-merge-patch+json`,
      });
  }
}

function parseBody(request: TypedRequest): KubernetesObject {
  const body = parseJsonBody(request);
  const { type } = request;
  const apiVersion = groupVersionOf(type);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest(`the object provided is not a ${type.kind}`);
  }
  if (request.subresource !== 'scale') {
    if (body.kind && body.kind !== type.kind) {
      throw badRequest(
        `${body.kind} in version "${body.apiVersion}" cannot be handled as a ${
          type.kind
        }: no kind "${body.kind}" is registered for ${qualifiedName(type)}`,
      );
    }
    if (body.apiVersion && body.apiVersion !== apiVersion) {
      throw badRequest(
        `the API version in the data (${body.apiVersion}) does not match the expected API version (${apiVersion})`,
      );
    }
  }
  return { ...body, kind: type.kind, apiVersion };
}
