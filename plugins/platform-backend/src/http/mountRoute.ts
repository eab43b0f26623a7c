import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type {
  ApiRoute,
  RouteResponse,
} from '@roadbed/backstage-plugin-platform-common';
import { ServiceUnavailableError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Response, Router } from 'express';
import type { z } from 'zod';
import { isDatabaseAway } from '../collect/store/DatabaseOutage';
import type { Caller } from '../fleet/access/Caller';
import type { Callers } from '../fleet/access/Callers';
import { isClientGone, sendCsv, type CsvExport } from './csv';
import type { HttpMetrics } from './HttpMetrics';
import { measureAnswers } from './measureAnswers';
import { parseRequest } from './parseRequest';
import { TooManyRequestsError } from './TooManyRequestsError';

/** What a handler gets: parsed input, and who is asking. */
export interface RouteRequest<R extends ApiRoute> {
  params: z.output<R['params']>;
  query: z.output<R['query']>;
  credentials: BackstageCredentials;
  /** What the caller may see. */
  caller: Caller;
}

/**
 * How calls of a route are put on record: when they begin, and when they were
 * answered or refused, for whatever reason.
 */
export interface RouteAudit<R extends ApiRoute> {
  eventId: string;
  severityLevel: AuditorServiceEventSeverityLevel;
  /** What the call is about, as it was sent. */
  subject?(params: Record<string, string>): JsonObject;
  /** What came of it. */
  result?(answer: RouteResponse<R>): JsonObject;
}

/** Puts described routes on a router. */
export interface MountRoute {
  /** One that answers with JSON. */
  json<R extends ApiRoute>(
    route: R,
    handler: (request: RouteRequest<R>) => Promise<RouteResponse<R>>,
    audit?: RouteAudit<R>,
  ): void;
  /** One that answers with CSV; every export is put on record. */
  csv<R extends ApiRoute, T>(
    route: R,
    handler: (request: RouteRequest<R>) => CsvExport<T>,
  ): void;
  /** One that anybody may ask; it knows nothing of who does. */
  probe<R extends ApiRoute>(
    route: R,
    handler: () => Promise<RouteResponse<R>>,
  ): void;
}

/**
 * Makes what puts described routes on a router: it asks who the caller is and
 * what they may see, and reads the input against the schemas.
 *
 * @remarks
 * Callers are authenticated and authorised before their input is looked at, so
 * that a stranger learns nothing from error messages.
 */
export function createMountRoute(options: {
  router: Router;
  httpAuth: HttpAuthService;
  callers: Pick<Callers, 'authorize'>;
  auditor: AuditorService;
  logger: LoggerService;
  metrics: HttpMetrics;
}): MountRoute {
  const { router, httpAuth, callers, auditor, logger, metrics } = options;
  const mount = <R extends ApiRoute>(
    route: R,
    /** @returns what came of it, for the record */
    answer: (
      request: RouteRequest<R>,
      res: Response,
    ) => Promise<JsonObject | undefined>,
    audit?: RouteAudit<R>,
  ) =>
    router[route.method](
      route.path,
      measureAnswers(route, metrics),
      async (req, res) => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        const event =
          audit &&
          (await auditor.createEvent({
            eventId: audit.eventId,
            severityLevel: audit.severityLevel,
            request: req,
            meta: audit.subject?.(req.params),
          }));
        try {
          const caller = await callers.authorize(
            credentials,
            route.permissions,
          );
          // TypeScript can not follow the schemas of a generic route through zod.
          const input = {
            params: parseRequest(route.params, req.params, 'Path parameter'),
            query: parseRequest(route.query, req.query, 'Query parameter'),
          } as Pick<RouteRequest<R>, 'params' | 'query'>;
          const result = await answer(
            { ...input, credentials, caller },
            res,
          ).catch(error => {
            throw withoutStatement(error, logger);
          });
          await event?.success({ meta: result });
        } catch (error) {
          await event?.fail({ error: error as Error });
          if (isClientGone(error)) return;
          if (error instanceof TooManyRequestsError) {
            res.setHeader('Retry-After', error.retryAfterSeconds);
          }
          throw error;
        }
      },
    );
  return {
    probe(route, handler) {
      router[route.method](
        route.path,
        measureAnswers(route, metrics),
        async (req, res) => {
          parseRequest(route.query, req.query, 'Query parameter');
          res.status(route.status).json(await handler());
        },
      );
    },
    json(route, handler, audit) {
      mount(
        route,
        async (request, res) => {
          const body = await handler(request);
          res.status(route.status).json(body);
          return audit?.result?.(body);
        },
        audit,
      );
    },
    csv(route, handler) {
      mount(
        route,
        async (request, res) => {
          await sendCsv(res, handler(request));
          return undefined;
        },
        {
          eventId: 'export',
          severityLevel: 'low',
          subject: () => ({ list: route.operationId }),
        },
      );
    },
  };
}

/**
 * A database that is away is told as such: 503 instead of 500, and without the
 * statement that knex puts into its messages, which is for the log alone.
 */
function withoutStatement(error: Error, logger: LoggerService): Error {
  if (!isDatabaseAway(error)) return error;
  logger.error('A request found the database away', error);
  const { code } = error as { code?: unknown };
  return new ServiceUnavailableError(
    `The database of the platform plugin does not answer${
      typeof code === 'string' ? ` (${code})` : ''
    }; nothing that was collected is lost, and this works again when it is back. Check backend.database in app-config.yaml if it stays away`,
  );
}
