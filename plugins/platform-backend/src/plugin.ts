import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { ConflictError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { platformRoutes } from '@roadbed/backstage-plugin-platform-common';
import {
  clusterLendingServiceRef,
  platformCollectorsExtensionPoint,
  type Collector,
} from '@roadbed/backstage-plugin-platform-node';
import { builtInCollectors } from './collect/collectors';
import { createPlatform } from './createPlatform';
import { createAskPlatform } from './fleet/actions/callerPlatform';
import { registerFleetActions } from './fleet/actions/registerFleetActions';

/**
 * Roadbed's backend: collects from the clusters, stores, decides, serves.
 *
 * @public
 */
export const platformPlugin = createBackendPlugin({
  pluginId: 'platform',
  register(env) {
    const collectors: Collector[] = [...builtInCollectors];

    env.registerExtensionPoint(platformCollectorsExtensionPoint, {
      addCollector(...added) {
        for (const collector of added) {
          if (collectors.some(({ id }) => id === collector.id)) {
            throw new ConflictError(
              `There is a collector "${collector.id}" already; a collector of a module needs an id of its own`,
            );
          }
          collectors.push(collector);
        }
      },
    });

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        lending: clusterLendingServiceRef,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init({ actionsRegistry, http, lifecycle, ...services }) {
        registerFleetActions({
          actionsRegistry,
          askPlatform: createAskPlatform(services),
        });
        const platform = await createPlatform({ ...services, collectors });
        http.use(platform.router);
        for (const { access, path } of platformRoutes) {
          if (access === 'anyone') {
            http.addAuthPolicy({ path, allow: 'unauthenticated' });
          }
        }
        // When every plugin is up, so that clusters have been lent by then.
        lifecycle.addStartupHook(() => platform.start());
        lifecycle.addShutdownHook(() => platform.stop());
      },
    });
  },
});
