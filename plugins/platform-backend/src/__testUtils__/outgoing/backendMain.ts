/**
 * A real backend that tells of every request it sends: the Kubernetes plugin,
 * the catalog and Roadbed, with the real authentication of Backstage. Run by a
 * test, which forks it and gives the configuration as `ROADBED_TEST_CONFIG`.
 */
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { ServiceAccountStrategy } from '@backstage/plugin-kubernetes-backend';
import { kubernetesAuthStrategyExtensionPoint } from '@backstage/plugin-kubernetes-node';
import kubernetesModulePlatform from '@roadbed/backstage-plugin-kubernetes-backend-module-platform';
import { platformPlugin } from '../../plugin';
import { cloudTokenFor } from './cloudTokenFor';
import { recordRequests } from './recordRequests';

recordRequests(outgoing => process.send?.({ outgoing }));

const { config, bridge } = JSON.parse(process.env.ROADBED_TEST_CONFIG!);
const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => new ConfigReader(config) as never,
  }),
);
backend.add(
  createBackendModule({
    pluginId: 'kubernetes',
    moduleId: 'cloud',
    register(env) {
      env.registerInit({
        deps: { strategies: kubernetesAuthStrategyExtensionPoint },
        async init({ strategies }) {
          // With one strategy of a module there are none of the plugin's own.
          strategies.addAuthStrategy(
            'serviceAccount',
            new ServiceAccountStrategy(),
          );
          strategies.addAuthStrategy('aws', {
            getCredential: async ({ name }) => ({
              type: 'bearer token',
              token: cloudTokenFor(name),
            }),
            validateCluster: () => [],
            presentAuthMetadata: () => ({}),
          });
        },
      });
    },
  }),
);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-kubernetes-backend'));
if (bridge) {
  backend.add(kubernetesModulePlatform);
}
backend.add(platformPlugin);
backend.start();
// The test is gone: so is its reason.
process.on('disconnect', () => process.exit());
