import type { AuthService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import type { LentClusters } from '@roadbed/backstage-plugin-platform-node';
import type { LookupFunction } from 'node:net';
import type { ClusterConnection } from '../ClusterConnection';
import { strategyOf } from './CredentialCache';
import {
  DirectConnection,
  type DirectConnectionDeps,
} from './DirectConnection';
import { listedClusters, type ConnectableListing } from './listedClusters';

interface Held {
  details: string;
  connection: DirectConnection;
}

/** Reads the clusters that are lent and connects to them directly. */
export class LentClusterList {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly options: {
      auth: AuthService;
      deps: DirectConnectionDeps;
      guard: (cluster: ClusterDetails) => LookupFunction | undefined;
    },
  ) {}

  /** @throws ServiceUnavailableError when the Kubernetes plugin gives no list */
  async read(lent: LentClusters): Promise<ConnectableListing> {
    const details = await this.supply(lent);
    const { clusters, problems } = listedClusters({
      entries: details.map(cluster => ({
        name: cluster.name,
        title: cluster.title,
        authProvider: strategyOf(cluster),
      })),
      access: 'direct',
      known: new Set(Object.keys(lent.authStrategyMap)),
    });
    const connections = new Map<string, ClusterConnection>();
    for (const { name, access } of clusters) {
      const cluster = details.find(candidate => candidate.name === name);
      if (cluster && access) {
        connections.set(name, this.connection(cluster, lent));
      }
    }
    await this.closeAllBut(connections);
    return { clusters, problems, connections };
  }

  private async supply(lent: LentClusters): Promise<ClusterDetails[]> {
    try {
      return await lent.clusterSupplier.getClusters({
        credentials: await this.options.auth.getOwnServiceCredentials(),
      });
    } catch (cause) {
      throw new ServiceUnavailableError(
        'The Kubernetes plugin could not list its clusters; its log names the locator that failed. With `kubernetes.clusterLocatorContinueOnError: true` the other locators still count',
        cause,
      );
    }
  }

  /** The connection there is, as long as nothing about the cluster changed. */
  private connection(
    cluster: ClusterDetails,
    lent: LentClusters,
  ): DirectConnection {
    const details = JSON.stringify(cluster);
    const held = this.held.get(cluster.name);
    if (held?.details === details) {
      return held.connection;
    }
    const connection = new DirectConnection(this.options.deps, {
      cluster: { ...cluster },
      strategies: lent.authStrategyMap,
      lookup: this.options.guard(cluster),
    });
    this.held.set(cluster.name, { details, connection });
    return connection;
  }

  private async closeAllBut(
    connections: Map<string, ClusterConnection>,
  ): Promise<void> {
    for (const [name, { connection }] of this.held) {
      if (!connections.has(name)) {
        this.held.delete(name);
        await connection.close();
      }
    }
  }
}
