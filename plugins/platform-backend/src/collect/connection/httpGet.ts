import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import type { ClusterResponse } from '../ClusterConnection';
import { ClusterError } from '../ClusterError';
import type { ConnectionBounds } from './bounds';
import { linkAbort } from './linkAbort';
import { readBody } from './readBody';
import {
  transportError,
  type Endpoint,
  type RequestPhase,
} from './transportError';

/**
 * One GET whose answer is read completely or not at all.
 *
 * @remarks
 * undici's `request` follows no redirects, so a token never travels to a host
 * that an answer names.
 *
 * @throws ClusterError for every failure below HTTP, `aborted` when the
 * caller's signal fired
 */
export async function httpGet(options: {
  url: URL;
  headers: Record<string, string>;
  dispatcher: Dispatcher;
  bounds: ConnectionBounds;
  signal: AbortSignal;
  endpoint: Endpoint;
}): Promise<ClusterResponse> {
  const { url, headers, dispatcher, bounds, endpoint } = options;
  const link = linkAbort(options.signal, bounds.deadlineMs);
  let phase: RequestPhase = 'headers';
  try {
    const response = await request(url, {
      method: 'GET',
      headers: { ...headers, 'accept-encoding': 'gzip' },
      dispatcher,
      signal: link.signal,
      headersTimeout: bounds.headersTimeoutMs,
      bodyTimeout: bounds.bodyTimeoutMs,
    });
    phase = 'body';
    const read = await readBody({
      stream: response.body as unknown as Readable,
      encoding: single(response.headers['content-encoding']),
      maxWireBytes: bounds.maxWireBytes,
      maxBodyBytes: bounds.maxBodyBytes,
    });
    return {
      status: response.statusCode,
      headers: flatten(response.headers),
      ...read,
    };
  } catch (error) {
    if (options.signal.aborted) {
      throw new ClusterError({
        code: 'aborted',
        clusterName: endpoint.clusterName,
        message: `Cluster ${endpoint.clusterName}: the request was given up before it was answered; it is tried again at the next run`,
        cause: error,
      });
    }
    throw transportError({
      error,
      phase,
      endpoint,
      deadlineMs: link.expired() ? bounds.deadlineMs : undefined,
    });
  } finally {
    link.release();
  }
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

function flatten(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), single(value)!]],
    ),
  );
}
