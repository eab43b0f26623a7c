import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { PlatformClient } from '@roadbed/backstage-plugin-platform-common';
import { Announcements } from './Announcements';
import { CatalogChangeProcessor } from './CatalogChangeProcessor';
import { ClusterEntityProvider } from './ClusterEntityProvider';
import { FleetWatch } from './FleetWatch';
import { readFleet } from './readFleet';
import { readProviderConfig } from './readProviderConfig';
import { WrittenClusterProcessor } from './WrittenClusterProcessor';

/**
 * The module of the catalog that keeps a resource per cluster, relates it to
 * what runs there, and announces changed entities to Roadbed.
 *
 * @public
 */
export const catalogModulePlatform = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'platform',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, discovery, events, logger, ...services }) {
        const config = readProviderConfig(services.config);
        const client = new PlatformClient({
          discoveryApi: discovery,
          fetchApi: { fetch },
        });
        const fleet = new FleetWatch({
          logger,
          async read(signal) {
            const { token } = await auth.getPluginRequestToken({
              onBehalfOf: await auth.getOwnServiceCredentials(),
              targetPluginId: 'platform',
            });
            return await readFleet(client, { token, signal });
          },
        });
        services.processing.addEntityProvider(
          new ClusterEntityProvider({
            auth,
            catalog,
            config,
            fleet,
            logger,
            taskRunner: services.scheduler.createScheduledTaskRunner(
              config.schedule,
            ),
          }),
        );
        services.processing.addProcessor(
          new WrittenClusterProcessor(fleet),
          new CatalogChangeProcessor(new Announcements({ events, logger })),
        );
      },
    });
  },
});
