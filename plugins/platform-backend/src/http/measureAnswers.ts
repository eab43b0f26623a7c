import type { ApiRoute } from '@roadbed/backstage-plugin-platform-common';
import type { RequestHandler } from 'express';
import type { HttpMetrics } from './HttpMetrics';

/** Counts and times the answers of a route, refusals and errors included. */
export function measureAnswers(
  { operationId }: ApiRoute,
  metrics: HttpMetrics,
): RequestHandler {
  return (_req, res, next) => {
    const startedAt = performance.now();
    res.once('close', () =>
      metrics.answered({
        route: operationId,
        status: res.writableFinished ? res.statusCode : 'aborted',
        durationMs: performance.now() - startedAt,
      }),
    );
    next();
  };
}
