import { createBackendModule } from '@backstage/backend-plugin-api';
import { platformCollectorsExtensionPoint } from '@roadbed/backstage-plugin-platform-node';
import { httpRouteCollector } from './httpRouteCollector';

/**
 * The module of the platform plugin that adds the collector of HTTPRoutes.
 *
 * @public
 */
export const platformModuleGatewayApi = createBackendModule({
  pluginId: 'platform',
  moduleId: 'gateway-api',
  register(env) {
    env.registerInit({
      deps: { collectors: platformCollectorsExtensionPoint },
      async init({ collectors }) {
        collectors.addCollector(httpRouteCollector);
      },
    });
  },
});
