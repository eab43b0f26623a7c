import type { ControlPlane } from '../control-plane/ControlPlane';
import type { ClusterPlan } from './clusterPlans';

/** A cluster as the portal gets to know it. */
export interface PortalCluster {
  plan: ClusterPlan;
  plane: Pick<ControlPlane, 'url' | 'caData'>;
  /** Token of the reading service account. */
  token: string;
}

/**
 * The sections of `app-config` that anyone would write for these clusters: the
 * Kubernetes plugin's, and what the clusters do not show of themselves.
 */
export function portalConfig(clusters: PortalCluster[]) {
  return {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ plan, plane, token }) => ({
            name: plan.name,
            url: plane.url,
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
            caData: plane.caData,
          })),
        },
      ],
    },
    platform: {
      fleet: {
        clusters: clusters.map(({ plan }) => ({
          name: plan.name,
          environment: plan.environment,
          ring: plan.ring,
          owner: plan.owner,
        })),
      },
    },
  };
}
