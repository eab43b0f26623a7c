import type {
  AuditorService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  buildOpenApiDocument,
  platformRoutes,
  platformSchemas,
} from '@roadbed/backstage-plugin-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { version } from '../../package.json';
import { mountFleetRoutes, type FleetRoom } from '../fleet/fleetRoutes';
import type { Callers } from '../fleet/access/Callers';
import { mountHealthRoutes } from '../health/healthRoutes';
import type { HealthService } from '../health/HealthService';
import type { HttpMetrics } from './HttpMetrics';
import { createMountRoute } from './mountRoute';

const ROUTES = platformRoutes
  .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  .join(', ');

/** Services of Backstage answer below these. */
const OF_BACKSTAGE = /^\/\.(backstage|well-known)(\/|$)/;

/** The routes of the plugin, and the document that describes them. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  discovery: DiscoveryService;
  logger: LoggerService;
  callers: Pick<Callers, 'authorize'>;
  auditor: AuditorService;
  metrics: HttpMetrics;
  fleet: FleetRoom;
  health: HealthService;
}): Router {
  const { httpAuth, discovery, fleet, health } = options;
  const router = PromiseRouter();
  router.get('/openapi.json', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    res.json(
      buildOpenApiDocument({
        routes: platformRoutes,
        schemas: platformSchemas,
        serverUrl: await discovery.getExternalBaseUrl('platform'),
        version,
      }),
    );
  });
  const mount = createMountRoute({ ...options, router });
  mountFleetRoutes(mount, fleet);
  mountHealthRoutes(mount, health);
  router.use((req, _res, next) => {
    if (OF_BACKSTAGE.test(req.path)) return next();
    throw new NotFoundError(
      `There is no ${req.method} ${req.path}; the routes are ${ROUTES}, and /openapi.json describes them`,
    );
  });
  return router;
}
