import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import type { ClusterResponse } from '../ClusterConnection';
import { ClusterError } from '../ClusterError';
import {
  MAX_INTERIM_ANSWERS,
  MAX_OBJECT_BODY_BYTES,
  type ConnectionBounds,
} from '../bounds';
import type { BodyBudget } from './BodyBudget';
import { linkAbort } from './linkAbort';
import { minimumRate } from './minimumRate';
import { readBody } from './readBody';
import {
  InterimAnswersError,
  transportError,
  type Endpoint,
  type RequestPhase,
} from './transportError';

/**
 * One GET whose answer is read completely or not at all.
 *
 * @remarks
 * undici's `request` follows no redirects, so a token never travels to a host
 * that an answer names. What is no success is read up to the size of one
 * object: nothing larger is ever said in an error.
 *
 * @throws ClusterError for every failure below HTTP, `aborted` when the
 * caller's signal fired
 */
export async function httpGet(options: {
  url: URL;
  headers: Record<string, string>;
  dispatcher: Dispatcher;
  bounds: ConnectionBounds;
  budget: BodyBudget;
  /** Instead of the bound of all bodies, where less is known to be enough. */
  maxBodyBytes?: number;
  signal: AbortSignal;
  endpoint: Endpoint;
}): Promise<ClusterResponse> {
  const { url, headers, dispatcher, bounds, endpoint } = options;
  const share = options.budget.share();
  const link = linkAbort(options.signal, bounds.deadlineMs);
  let phase: RequestPhase = 'headers';
  let interim = 0;
  try {
    const response = await request(url, {
      method: 'GET',
      headers: { ...headers, 'accept-encoding': 'gzip' },
      dispatcher,
      signal: link.signal,
      headersTimeout: bounds.headersTimeoutMs,
      bodyTimeout: bounds.bodyTimeoutMs,
      onInfo: () => {
        // Each of them would restart the time-out of the headers.
        if (++interim > MAX_INTERIM_ANSWERS) {
          link.abort(new InterimAnswersError());
        }
      },
    });
    phase = 'body';
    const stream = response.body as unknown as Readable;
    const rate = minimumRate({
      bytesPerSecond: bounds.minBytesPerSecond,
      windowMs: bounds.bodyTimeoutMs,
      tooSlow: error => stream.destroy(error),
    });
    const read = await readBody({
      stream,
      encoding: single(response.headers['content-encoding']),
      maxWireBytes: bounds.maxWireBytes,
      maxBodyBytes: Math.min(
        bounds.maxBodyBytes,
        response.statusCode >= 300
          ? MAX_OBJECT_BODY_BYTES
          : options.maxBodyBytes ?? Infinity,
      ),
      share,
      onWire: rate.count,
    }).finally(rate.stop);
    return {
      status: response.statusCode,
      headers: flatten(response.headers),
      ...read,
      release: () => share.release(),
    };
  } catch (error) {
    share.release();
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
