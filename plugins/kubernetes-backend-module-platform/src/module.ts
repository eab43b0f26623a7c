import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { kubernetesRouterExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { clusterLendingServiceRef } from '@roadbed/backstage-plugin-platform-node';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { lendThroughRouter } from './lendThroughRouter';

/**
 * The module of the Kubernetes plugin that lends its clusters and its
 * authentication strategies to Roadbed's collector.
 *
 * @remarks
 * Modules of one plugin start side by side. This one lets a turn of the event
 * loop pass first, so that a module whose `init` adds a router without waiting
 * for anything gets the single place there is, and this one refuses in words
 * instead of breaking that module's start.
 *
 * @public
 */
export const kubernetesModulePlatform = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'platform',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lending: clusterLendingServiceRef,
        logger: coreServices.logger,
        router: kubernetesRouterExtensionPoint,
      },
      async init({ config, lending, logger, router }) {
        if (!config.has('kubernetes')) {
          const reason =
            'app-config has no `kubernetes` section, so the Kubernetes plugin knows no clusters; add `kubernetes.clusterLocatorMethods`';
          logger.warn(`No clusters are lent to Roadbed: ${reason}`);
          lending.refuse(reason);
          return;
        }
        await nextTurn();
        lendThroughRouter({ lending, logger, router });
      },
    });
  },
});
