import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SimulatedCluster } from '../SimulatedCluster';

/** A name that a portal knows, what it should know of it, and where it leads. */
export interface ConnectedCluster {
  plan: {
    name: string;
    environment: string;
    ring: string;
    /** Name of the group that answers for it. */
    owner: string;
  };
  server: Pick<SimulatedCluster, 'url' | 'caData' | 'token' | 'adminToken'>;
}

/** The configuration that leads a portal to a fleet: clusters and what they do not tell of themselves. */
export function portalConfig(clusters: readonly ConnectedCluster[]) {
  return {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ plan, server }) => ({
            name: plan.name,
            url: server.url,
            authProvider: 'serviceAccount',
            serviceAccountToken: server.token,
            caData: server.caData,
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
          owner: `group:default/${plan.owner}`,
        })),
      },
    },
  };
}

/** A kubeconfig with one context per name; its users may do everything. */
export function kubeconfig(clusters: readonly ConnectedCluster[]) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: clusters.map(({ plan, server }) => ({
      name: plan.name,
      cluster: {
        server: server.url,
        'certificate-authority-data': server.caData,
      },
    })),
    users: clusters.map(({ plan, server }) => ({
      name: `${plan.name}-admin`,
      user: { token: server.adminToken },
    })),
    contexts: clusters.map(({ plan }) => ({
      name: plan.name,
      context: { cluster: plan.name, user: `${plan.name}-admin` },
    })),
    'current-context': clusters[0]?.plan.name ?? '',
  };
}

/** Writes both into a folder, readable by their owner only: they hold tokens. */
export function writeConnectionFiles(
  folder: string,
  clusters: readonly ConnectedCluster[],
): void {
  const write = (file: string, content: object) =>
    writeFileSync(join(folder, file), stringify(content), { mode: 0o600 });
  write('app-config.kubernetes.yaml', portalConfig(clusters));
  write('kubeconfig', kubeconfig(clusters));
}
