import type { CollectorResource } from '@roadbed/backstage-plugin-platform-node';
import { MAX_CONTINUE_LENGTH } from '../bounds';
import type { ClusterResponse } from '../ClusterConnection';
import { ClusterError, type ClusterErrorCode } from '../ClusterError';
import { parseRetryAfter } from './retryAfter';

/** What was asked for, to be named in the words of the failure. */
export interface Asked {
  clusterName: string;
  path: string;
  /** Absent for paths that are no resources, such as `/version`. */
  resource?: CollectorResource;
  verb: 'get' | 'list';
}

/** The parts of a `Status` of Kubernetes that decide anything. */
export interface KubernetesStatus {
  reason?: string;
  message?: string;
  code?: number;
  continueToken?: string;
  retryAfterSeconds?: number;
}

/** The failure that an answer stands for, or nothing where it is a success. */
export function statusError(
  asked: Asked,
  response: ClusterResponse,
): ClusterError | undefined {
  const { status } = response;
  if (status >= 200 && status < 300) {
    return undefined;
  }
  const html = isHtml(response);
  if (status >= 300 && status < 400) {
    return failure({
      asked,
      status,
      code: 'redirected',
      what: `redirects ${asked.path} to another address, which is not followed because the token would travel with it`,
      remedy:
        'set the URL of the API server itself in app-config `kubernetes.clusterLocatorMethods`',
    });
  }
  if (html && status < 500 && status !== 401) {
    return notKubernetes(asked, response);
  }
  return failure({ asked, status, ...wordsFor(asked, response) });
}

/** The failure of an answer that no API server gives. */
export function notKubernetes(
  asked: Asked,
  response: ClusterResponse,
): ClusterError {
  const type = response.headers['content-type']?.split(';')[0] ?? 'no type';
  return failure({
    asked,
    status: response.status,
    code: 'not_kubernetes',
    what: `answers ${asked.path} with ${type.slice(
      0,
      60,
    )} instead of an object of Kubernetes`,
    remedy:
      'check that the URL leads to the API server and not to a login page or a dashboard',
  });
}

/** Reads a body of kind `Status`; an empty one for anything else. */
export function readStatus(response: ClusterResponse): KubernetesStatus {
  if (response.body.length > 1024 * 1024) {
    return {};
  }
  let body: unknown;
  try {
    body = JSON.parse(response.body.toString('utf8'));
  } catch {
    return {};
  }
  const status = body as {
    kind?: string;
    reason?: string;
    message?: string;
    code?: number;
    metadata?: { continue?: unknown };
    details?: { retryAfterSeconds?: number };
  } | null;
  return status?.kind === 'Status'
    ? {
        reason: status.reason,
        message: status.message,
        code: status.code,
        continueToken: tokenOrNone(status.metadata?.continue),
        retryAfterSeconds: status.details?.retryAfterSeconds,
      }
    : {};
}

function tokenOrNone(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_CONTINUE_LENGTH
    ? value
    : undefined;
}

interface Words {
  code: ClusterErrorCode;
  what: string;
  remedy: string;
  retryAfterMs?: number;
  missingRule?: ClusterError['missingRule'];
}

function wordsFor(asked: Asked, response: ClusterResponse): Words {
  const { path, resource, verb } = asked;
  const retryAfterMs = parseRetryAfter(response.headers['retry-after']);
  switch (response.status) {
    case 401:
      return {
        code: 'unauthorized',
        what: 'does not accept the credential',
        remedy: 'renew the credential of the cluster in the Kubernetes plugin',
      };
    case 403:
      return resource
        ? {
            code: 'forbidden',
            what: `does not allow to ${verb} ${resource.resource}`,
            remedy: `allow verb ${verb} on ${resource.resource} of API group "${resource.group}" in the ClusterRole of the collector`,
            missingRule: {
              apiGroups: [resource.group],
              resources: [resource.resource],
              verbs: [verb],
            },
          }
        : {
            code: 'forbidden',
            what: `does not allow to get ${path}`,
            remedy: `allow verb get on nonResourceURL ${path} in the ClusterRole of the collector`,
          };
    case 404:
      return {
        code: 'not_served',
        what: `does not serve ${path}`,
        remedy: 'nothing to do when what it belongs to is not installed there',
      };
    case 410:
      return {
        code: 'expired',
        what: `has forgotten the version at which the list of ${path} began`,
        remedy: 'the list is begun again',
      };
    case 429:
      return {
        code: 'throttled',
        what: 'asks to come back later',
        remedy:
          'if it stays, give the collector a PriorityLevel of its own or a longer cadence',
        retryAfterMs,
      };
    default:
      return response.status >= 500
        ? {
            code: 'unavailable',
            what: `answers ${path} with status ${response.status}`,
            remedy:
              'check the health of the API server and what serves that API',
            retryAfterMs,
          }
        : {
            code: 'malformed',
            what: `answers ${path} with status ${response.status}, which no read of this kind gets`,
            remedy: 'check for a proxy between that changes requests',
          };
  }
}

function failure(
  options: Words & { asked: Asked; status: number },
): ClusterError {
  const { asked, status, code, what, remedy, retryAfterMs, missingRule } =
    options;
  return new ClusterError({
    code,
    clusterName: asked.clusterName,
    message: `Cluster ${asked.clusterName} ${what}; ${remedy}`,
    status,
    retryAfterMs,
    missingRule,
  });
}

function isHtml(response: ClusterResponse): boolean {
  return (response.headers['content-type'] ?? '').includes('html');
}
