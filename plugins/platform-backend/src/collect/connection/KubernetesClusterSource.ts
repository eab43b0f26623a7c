import type {
  AuthService,
  DiscoveryService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { ClusterLending } from '@roadbed/backstage-plugin-platform-node';
import { Agent } from 'undici';
import type { ClusterConnection } from '../ClusterConnection';
import { ClusterError } from '../ClusterError';
import { AgentPool } from './AgentPool';
import { BodyBudget } from './BodyBudget';
import { DEFAULT_BOUNDS, type ConnectionBounds } from '../bounds';
import { catalogGuard } from './catalogGuard';
import type { ClusterListing, ClusterSource } from './ClusterSource';
import { CredentialCache } from './CredentialCache';
import { LentClusterList } from './LentClusterList';
import type { ConnectableListing } from './listedClusters';
import { PluginTokenCache } from './PluginTokenCache';
import { ProxyClusterList } from './ProxyClusterList';

const LISTING_AGE_MS = 60_000;

/**
 * The clusters of the Kubernetes plugin: lent where its module is installed in
 * this process, else over its HTTP API.
 *
 * @remarks
 * Only one replica syncs the list, but each connects; so `connect` reads the
 * list too when this replica has not done so within the last minute.
 */
export class KubernetesClusterSource implements ClusterSource {
  private listing:
    | { read: Promise<ConnectableListing>; at: number }
    | undefined;

  private constructor(
    private readonly options: {
      lending: ClusterLending;
      lent: LentClusterList;
      proxied: ProxyClusterList;
      agents: AgentPool;
      proxyAgent: Agent;
      now: () => number;
    },
  ) {}

  static create(options: {
    lending: ClusterLending;
    auth: AuthService;
    discovery: DiscoveryService;
    config: RootConfigService;
    bounds?: Partial<ConnectionBounds>;
    now?: () => number;
  }): KubernetesClusterSource {
    const { auth, discovery, config, lending } = options;
    const now = options.now ?? Date.now;
    const bounds = { ...DEFAULT_BOUNDS, ...options.bounds };
    const budget = new BodyBudget();
    const agents = new AgentPool({ bounds });
    // The proxy is one host for all clusters; the queue bounds its load.
    const proxyAgent = new Agent({
      pipelining: 1,
      maxResponseSize: bounds.maxWireBytes,
      connect: { timeout: bounds.connectTimeoutMs },
    });
    return new KubernetesClusterSource({
      lending,
      agents,
      proxyAgent,
      now,
      lent: new LentClusterList({
        auth,
        guard: catalogGuard(config),
        deps: {
          agents,
          bounds,
          budget,
          credentials: new CredentialCache({ now }),
        },
      }),
      proxied: new ProxyClusterList({
        discovery,
        bounds,
        budget,
        dispatcher: proxyAgent,
        tokens: new PluginTokenCache({ auth, now }),
      }),
    });
  }

  async listClusters(): Promise<ClusterListing> {
    const { clusters, problems } = await this.read();
    return { clusters, problems };
  }

  async connect(name: string): Promise<ClusterConnection> {
    const { clusters, connections } = await this.recent();
    const connection = connections.get(name);
    if (connection) {
      return connection;
    }
    const listed = clusters.find(cluster => cluster.name === name);
    if (listed?.accessProblem) {
      const { message, remedy } = listed.accessProblem;
      throw new ClusterError({
        code: 'credentials',
        clusterName: name,
        message: `Cluster ${name}: ${message}; ${remedy}`,
      });
    }
    throw new NotFoundError(
      `The Kubernetes plugin lists no cluster called "${name}"; known are ${
        clusters.map(cluster => cluster.name).join(', ') || 'none'
      }`,
    );
  }

  async close(): Promise<void> {
    await this.options.agents.destroy();
    await this.options.proxyAgent.destroy();
  }

  private recent(): Promise<ConnectableListing> {
    const { listing } = this;
    return listing && this.options.now() - listing.at < LISTING_AGE_MS
      ? listing.read
      : this.read();
  }

  private read(): Promise<ConnectableListing> {
    const { lending, lent, proxied, now } = this.options;
    const state = lending.state();
    const listing = {
      at: now(),
      read:
        state.status === 'lent'
          ? lent.read(state.clusters)
          : proxied.read(state.status === 'refused' ? state.reason : undefined),
    };
    this.listing = listing;
    listing.read.catch(() => {
      if (this.listing === listing) {
        this.listing = undefined;
      }
    });
    return listing.read;
  }
}
