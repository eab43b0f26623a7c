import type { Status, StatusDetails } from '../kubernetes';
import { qualifiedName, type ResourceType } from '../resources/ResourceType';

/** A failure that is answered as a Status body, worded as the real server words it. */
export class StatusError extends Error {
  readonly status: Status;
  readonly headers: Record<string, string>;

  constructor(options: {
    code: number;
    /** Absent for failures that the real server gives without one. */
    reason?: string;
    message: string;
    details?: StatusDetails;
    /** Of list failures that can be continued. */
    continue?: string;
  }) {
    super(options.message);
    this.name = 'StatusError';
    const retryAfter = options.details?.retryAfterSeconds;
    this.headers = retryAfter ? { 'retry-after': String(retryAfter) } : {};
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: options.continue ? { continue: options.continue } : {},
      status: 'Failure',
      message: options.message,
      ...(options.reason ? { reason: options.reason } : {}),
      ...(options.details ? { details: options.details } : {}),
      code: options.code,
    };
  }

  /** HTTP status. */
  get code(): number {
    return this.status.code!;
  }
}

/** What a request was refused for, in the words of the authorizer. */
export interface RefusedAttributes {
  user: string;
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** 401: who are you. */
export function unauthorized(): StatusError {
  return new StatusError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

/** 403 on a resource. */
export function forbiddenResource(refused: RefusedAttributes): StatusError {
  const { user, verb, group, resource, namespace, name } = refused;
  const path = refused.subresource
    ? `${resource}/${refused.subresource}`
    : resource;
  const subject = qualifiedName({ group, resource });
  const where = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${subject}${
      name ? ` "${name}"` : ''
    } is forbidden: User "${user}" cannot ${verb} resource "${path}" in API group "${group}" ${where}`,
    details: {
      ...(name ? { name } : {}),
      ...(group ? { group } : {}),
      kind: resource,
    },
  });
}

/** 403 on a path that is no resource. */
export function forbiddenPath(
  user: string,
  verb: string,
  path: string,
): StatusError {
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `forbidden: User "${user}" cannot ${verb} path "${path}"`,
    details: {},
  });
}

/** 404 on an object that does not exist. */
export function objectNotFound(type: ResourceType, name: string): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: `${qualifiedName(type)} "${name}" not found`,
    details: {
      name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.resource,
    },
  });
}

/** 404 on a resource that is not served in a group that is. */
export function resourceNotFound(): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });
}

/** 405. */
export function methodNotAllowed(): StatusError {
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

/** 406: none of the media types asked for. */
export function notAcceptable(): StatusError {
  return new StatusError({
    code: 406,
    reason: 'NotAcceptable',
    message:
      'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  });
}

/** 400. */
export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

/** 422 on query parameters that contradict each other. */
export function invalidListOptions(
  field: string,
  message: string,
): StatusError {
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `ListOptions.meta.k8s.io "" is invalid: ${field}: Forbidden: ${message}`,
    details: {
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: [
        {
          reason: 'FieldValueForbidden',
          message: `Forbidden: ${message}`,
          field,
        },
      ],
    },
  });
}

/** 409 on a name or a version that is taken. */
export function conflict(
  type: ResourceType,
  name: string,
  reason: 'AlreadyExists' | 'Conflict',
): StatusError {
  const subject = `${qualifiedName(type)} "${name}"`;
  return new StatusError({
    code: 409,
    reason,
    message:
      reason === 'AlreadyExists'
        ? `${subject} already exists`
        : `Operation cannot be fulfilled on ${subject}: the object has been modified; please apply your changes to the latest version and try again`,
    details: {
      name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.resource,
    },
  });
}

/** 410 with what is too old, and a token to go on with where there is one. */
export function expired(message: string, continueToken?: string): StatusError {
  return new StatusError({
    code: 410,
    reason: 'Expired',
    message,
    continue: continueToken,
  });
}
