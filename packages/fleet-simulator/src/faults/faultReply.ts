import type { BodyReply } from '../api/Reply';
import {
  forbiddenResource,
  StatusError,
  unauthorized,
} from '../api/StatusError';
import { pathNotFound } from '../api/discovery';
import { parseResourceRequest } from '../api/resourceRequest';
import type { FaultRequest, RequestFault } from './Fault';
import { faultOf } from './FaultPlan';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/**
 * The answer that faults give in place of the real one, if they do.
 *
 * @throws StatusError for faults that the API server words itself
 */
export function faultReply(
  faults: readonly RequestFault[],
  request: FaultRequest,
  userName: string,
): BodyReply | undefined {
  const html = faultOf(faults, 'html');
  if (html) {
    return {
      status: html.status,
      headers: HTML,
      body: `<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n`,
    };
  }
  if (faultOf(faults, 'not-kubernetes')) {
    return {
      status: request.path === '/' ? 200 : 404,
      headers: { ...HTML, server: 'nginx' },
      body: '<html><body><center><h1>It works</h1></center></body></html>\n',
    };
  }
  const throttle = faultOf(faults, 'throttle');
  if (throttle) {
    // Priority and fairness answers in plain text, without a Status.
    return {
      status: 429,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'retry-after': String(throttle.retryAfterSeconds),
      },
      body: 'Too many requests, please try again later.\n',
    };
  }
  if (faultOf(faults, 'unavailable')) {
    throw new StatusError({
      code: 503,
      reason: 'ServiceUnavailable',
      message: 'the server is currently unable to handle the request',
      details: { retryAfterSeconds: 1 },
    });
  }
  if (faultOf(faults, 'unauthorized')) throw unauthorized();
  return resourceFault(faults, request, userName);
}

function resourceFault(
  faults: readonly RequestFault[],
  request: FaultRequest,
  userName: string,
): BodyReply | undefined {
  const target = parseResourceRequest(request);
  const group = target?.group ?? /^\/apis\/([^/]+)/.exec(request.path)?.[1];
  for (const fault of faults) {
    if (
      fault.kind === 'forbidden' &&
      target?.group === fault.group &&
      target.resource === fault.resource
    ) {
      throw forbiddenResource({ ...target, user: userName });
    }
    if (fault.kind === 'missing-group' && group === fault.group) {
      return pathNotFound();
    }
  }
  return undefined;
}
