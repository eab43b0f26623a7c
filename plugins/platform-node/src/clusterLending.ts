import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/**
 * What the Kubernetes plugin lends: its clusters, and how to log in to them.
 *
 * @public
 */
export interface LentClusters {
  clusterSupplier: KubernetesClustersSupplier;
  authStrategyMap: Record<string, AuthenticationStrategy>;
}

/**
 * Where the Kubernetes plugin's module and Roadbed's collector meet.
 *
 * @remarks
 * Root-scoped, because two plugins of one process share it. In a process
 * without the module nothing is ever lent and the collector goes through the
 * proxy.
 *
 * @public
 */
export interface ClusterLending {
  lend(clusters: LentClusters): void;
  /** Says why nothing will be lent, so that the collector can say it too. */
  refuse(reason: string): void;
  /** The present state; asked again before every sync of the cluster list. */
  state():
    | { status: 'lent'; clusters: LentClusters }
    | { status: 'refused'; reason: string }
    | { status: 'absent' };
}

/**
 * The service through which clusters are lent.
 *
 * @public
 */
export const clusterLendingServiceRef = createServiceRef<ClusterLending>({
  id: 'platform.cluster-lending',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => {
        let state: ReturnType<ClusterLending['state']> = { status: 'absent' };
        return {
          lend: clusters => {
            state = { status: 'lent', clusters };
          },
          refuse: reason => {
            state = { status: 'refused', reason };
          },
          state: () => state,
        };
      },
    }),
});
