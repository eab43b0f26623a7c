import type { LoggerService } from '@backstage/backend-plugin-api';
import type { KubernetesRouterExtensionPoint } from '@backstage/plugin-kubernetes-node';
import type { ClusterLending } from '@roadbed/backstage-plugin-platform-node';

/**
 * Takes the clusters and the strategies from where the Kubernetes plugin hands
 * them out, and leaves its routes as they are.
 *
 * @remarks
 * The extension point takes one router only and has no way to ask whether it
 * is taken: the second `addRouter` throws. Here that means somebody else was
 * first; they keep their router, and the collector is told why it has to go
 * through the proxy.
 */
export function lendThroughRouter(options: {
  lending: ClusterLending;
  logger: LoggerService;
  router: KubernetesRouterExtensionPoint;
}): void {
  const { lending, logger, router } = options;
  try {
    router.addRouter(({ getDefault, clusterSupplier, authStrategyMap }) => {
      lending.lend({ clusterSupplier, authStrategyMap });
      logger.info(
        `Lending the Kubernetes plugin's clusters to Roadbed's collector, with the strategies ${Object.keys(
          authStrategyMap,
        ).join(', ')}`,
      );
      return getDefault();
    });
  } catch (error) {
    const reason =
      'another module of the Kubernetes plugin already uses its router extension point, which takes one user only; ' +
      'Roadbed reads through the proxy instead, which costs more CPU and serves fewer authentication strategies';
    logger.warn(`No clusters are lent to Roadbed: ${reason}`, error as Error);
    lending.refuse(reason);
  }
}
