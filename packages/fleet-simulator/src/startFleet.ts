import { NotFoundError } from '@backstage/errors';
import type { CertificateAuthority } from './tls/CertificateAuthority';
import {
  startSimulatedCluster,
  type SimulatedCluster,
  type SimulatedClusterOptions,
} from './SimulatedCluster';

/** Several clusters in one process. */
export interface SimulatedFleet {
  readonly clusters: readonly SimulatedCluster[];
  /** @throws NotFoundError when no cluster has that name */
  cluster(name: string): SimulatedCluster;
  stop(): Promise<void>;
}

/**
 * Starts clusters that share one authority, one after the other. When one
 * fails to start, the ones before are stopped.
 */
export async function startFleet(options: {
  clusters: readonly SimulatedClusterOptions[];
  /** Signs all certificates; the one of the process unless given. */
  authority?: CertificateAuthority;
}): Promise<SimulatedFleet> {
  const { authority } = options;
  const clusters: SimulatedCluster[] = [];
  const stop = async () => {
    await Promise.all(clusters.map(cluster => cluster.stop()));
  };
  try {
    for (const cluster of options.clusters) {
      clusters.push(await startSimulatedCluster({ authority, ...cluster }));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    clusters,
    cluster: name => {
      const found = clusters.find(cluster => cluster.name === name);
      if (!found) {
        throw new NotFoundError(
          `No cluster "${name}" in this fleet; it has ${clusters
            .map(cluster => cluster.name)
            .join(', ')}`,
        );
      }
      return found;
    },
    stop,
  };
}
