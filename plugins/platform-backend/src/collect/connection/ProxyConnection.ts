import type { DiscoveryService } from '@backstage/backend-plugin-api';
import type { Dispatcher } from 'undici';
import type {
  ClusterConnection,
  ClusterRequest,
  ClusterResponse,
} from '../ClusterConnection';
import type { ConnectionBounds } from '../bounds';
import type { BodyBudget } from './BodyBudget';
import { httpGet } from './httpGet';
import type { PluginTokenCache } from './PluginTokenCache';
import { proxyError } from './proxyError';
import { requestUrl } from './requestUrl';

/** What the proxied connections of all clusters share. */
export interface ProxyConnectionDeps {
  discovery: DiscoveryService;
  tokens: PluginTokenCache;
  dispatcher: Dispatcher;
  bounds: ConnectionBounds;
  budget: BodyBudget;
}

/**
 * The way through the proxy of the Kubernetes plugin, for backends where
 * nothing is lent.
 */
export class ProxyConnection implements ClusterConnection {
  readonly access = 'proxy';

  constructor(
    private readonly deps: ProxyConnectionDeps,
    readonly clusterName: string,
  ) {}

  async get(request: ClusterRequest): Promise<ClusterResponse> {
    const token = await this.deps.tokens.get();
    const response = await this.send(request, token);
    if (response.status !== 401) {
      return this.checked(response);
    }
    this.deps.tokens.drop(token);
    return this.checked(await this.send(request, await this.deps.tokens.get()));
  }

  /** The sockets lead to Backstage itself and are shared by all clusters. */
  async close(): Promise<void> {}

  private checked(response: ClusterResponse): ClusterResponse {
    const error = proxyError(this.clusterName, response);
    if (error) {
      throw error;
    }
    return response;
  }

  private async send(
    request: ClusterRequest,
    token: string,
  ): Promise<ClusterResponse> {
    const base = new URL(
      `${await this.deps.discovery.getBaseUrl('kubernetes')}/proxy`,
    );
    return httpGet({
      url: requestUrl(base, request),
      headers: {
        accept: request.accept ?? 'application/json',
        authorization: `Bearer ${token}`,
        'backstage-kubernetes-cluster': this.clusterName,
      },
      dispatcher: this.deps.dispatcher,
      bounds: this.deps.bounds,
      budget: this.deps.budget,
      maxBodyBytes: request.maxBodyBytes,
      signal: request.signal,
      endpoint: {
        clusterName: this.clusterName,
        origin: `the Kubernetes proxy of Backstage at ${base.origin}`,
        access: this.access,
      },
    });
  }
}
