import { setTimeout as wait } from 'node:timers/promises';
import type {
  ClusterConnection,
  ClusterRequest,
  ClusterResponse,
} from '../ClusterConnection';
import { ClusterError } from '../ClusterError';
import { statusError, type Asked } from './statusError';

/** How often and how patiently a request is repeated. */
export interface RetryPolicy {
  tries: number;
  baseMs: number;
  maxMs: number;
  /** From 0 to below 1; full jitter multiplies the whole delay with it. */
  random: () => number;
}

/** The policy of production. */
export const DEFAULT_RETRIES: Readonly<RetryPolicy> = Object.freeze({
  tries: 4,
  baseMs: 500,
  maxMs: 20_000,
  random: Math.random,
});

/** Statuses of 5xx that go away by themselves. */
const PASSING_STATUSES = new Set([502, 503, 504]);

/** A 410 in the middle of a list, with the answer that carries the way on. */
export class ExpiredListError extends ClusterError {
  constructor(error: ClusterError, readonly response: ClusterResponse) {
    super({
      code: 'expired',
      clusterName: error.clusterName,
      message: error.message,
      status: error.status,
    });
  }
}

/**
 * Asks one cluster, repeats what may pass, and counts what it cost.
 *
 * @remarks
 * Only answers that ask for it (429, 502, 503, 504) and connections that broke
 * before an answer are repeated. A body that was cut off, a time-out or a
 * refusal is left to the next run: repeating them at once loads a cluster that
 * is in trouble already.
 */
export class ClusterReader {
  requests = 0;
  /** On the wire. */
  bytes = 0;

  constructor(
    private readonly connection: ClusterConnection,
    private readonly signal: AbortSignal,
    private readonly retries: RetryPolicy = DEFAULT_RETRIES,
  ) {}

  get clusterName(): string {
    return this.connection.clusterName;
  }

  /** @throws ClusterError for every answer that is no success */
  async get(
    asked: Omit<Asked, 'clusterName'>,
    request: Omit<ClusterRequest, 'path' | 'signal'> & { signal?: AbortSignal },
  ): Promise<ClusterResponse> {
    const signal = request.signal ?? this.signal;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(asked, { ...request, signal });
      } catch (error) {
        const delayMs = this.delayBefore(attempt + 1, error);
        if (delayMs === undefined) {
          throw error;
        }
        await this.pause(delayMs, signal);
      }
    }
  }

  private async once(
    asked: Omit<Asked, 'clusterName'>,
    request: Omit<ClusterRequest, 'path'>,
  ): Promise<ClusterResponse> {
    this.requests++;
    const response = await this.connection.get({
      ...request,
      path: asked.path,
    });
    this.bytes += response.wireBytes;
    const error = statusError(
      { ...asked, clusterName: this.clusterName },
      response,
    );
    if (error?.code === 'expired') {
      throw new ExpiredListError(error, response);
    }
    if (error) {
      throw error;
    }
    return response;
  }

  /** Milliseconds to wait before that attempt, nothing where there is none. */
  private delayBefore(attempt: number, error: unknown): number | undefined {
    const { tries, baseMs, maxMs, random } = this.retries;
    if (attempt > tries || !(error instanceof ClusterError)) {
      return undefined;
    }
    const passing =
      error.code === 'throttled' ||
      error.code === 'network' ||
      (error.code === 'unavailable' && PASSING_STATUSES.has(error.status ?? 0));
    if (!passing) {
      return undefined;
    }
    const jittered = random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
    if (error.retryAfterMs === undefined) {
      return jittered;
    }
    // What the server asks for is a lower bound; a wait longer than a run is
    // worth is left to the circuit breaker, which is told how long.
    return error.retryAfterMs > maxMs
      ? undefined
      : error.retryAfterMs + jittered / 10;
  }

  private async pause(delayMs: number, signal: AbortSignal): Promise<void> {
    try {
      await wait(delayMs, undefined, { signal });
    } catch (cause) {
      throw new ClusterError({
        code: 'aborted',
        clusterName: this.clusterName,
        message: `Cluster ${this.clusterName}: the run was given up while it waited to ask again; it is tried again at the next run`,
        cause,
      });
    }
  }
}
