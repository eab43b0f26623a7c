import type {
  DiscoveryService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  buildOpenApiDocument,
  platformRoutes,
} from '@roadbed/backstage-plugin-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { version } from '../../package.json';
import { mountFleetRoutes } from '../fleet/fleetRoutes';
import type { FleetService } from '../fleet/FleetService';
import { createMountRoute } from './mountRoute';

/** The routes of the plugin, and the document that describes them. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  discovery: DiscoveryService;
  fleet: FleetService;
}): Router {
  const { httpAuth, discovery, fleet } = options;
  const router = PromiseRouter();
  router.get('/openapi.json', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    res.json(
      buildOpenApiDocument({
        routes: platformRoutes,
        serverUrl: await discovery.getExternalBaseUrl('platform'),
        version,
      }),
    );
  });
  mountFleetRoutes(createMountRoute({ router, httpAuth }), fleet);
  return router;
}
