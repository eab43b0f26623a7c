import type {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type { LookupFunction } from 'node:net';
import type {
  ClusterConnection,
  ClusterRequest,
  ClusterResponse,
} from '../ClusterConnection';
import type { AgentPool, AgentRequest } from './AgentPool';
import type { ConnectionBounds } from '../bounds';
import type { BodyBudget } from './BodyBudget';
import { clusterEndpoint } from './clusterEndpoint';
import type { CredentialCache } from './CredentialCache';
import { httpGet } from './httpGet';
import { requestUrl } from './requestUrl';

/** What the direct connections of all clusters share. */
export interface DirectConnectionDeps {
  agents: AgentPool;
  credentials: CredentialCache;
  bounds: ConnectionBounds;
  budget: BodyBudget;
}

/** The straight way to the API server, with the credentials that were lent. */
export class DirectConnection implements ClusterConnection {
  readonly access = 'direct';
  readonly clusterName: string;
  /** What the sockets were opened with, to close them again. */
  private used: AgentRequest | undefined;

  constructor(
    private readonly deps: DirectConnectionDeps,
    private readonly options: {
      cluster: ClusterDetails;
      strategies: Record<string, AuthenticationStrategy>;
      lookup?: LookupFunction;
    },
  ) {
    this.clusterName = options.cluster.name;
  }

  async get(request: ClusterRequest): Promise<ClusterResponse> {
    const { cluster, strategies } = this.options;
    const { credentials } = this.deps;
    const credential = await credentials.get(cluster, strategies);
    const response = await this.send(request, credential);
    if (response.status !== 401 || credential.type === 'anonymous') {
      return response;
    }
    // Tokens are rotated and revoked before their time: one new one is worth
    // one more try, a second refusal is the answer.
    await credentials.drop(cluster, credential);
    return this.send(request, await credentials.get(cluster, strategies));
  }

  async close(): Promise<void> {
    const { used } = this;
    this.used = undefined;
    if (used) {
      await this.deps.agents.close(used);
    }
  }

  private async send(
    request: ClusterRequest,
    credential: KubernetesCredential,
  ): Promise<ClusterResponse> {
    const agentRequest = await this.agentRequest(credential);
    this.used = agentRequest;
    const { url } = agentRequest.endpoint;
    return httpGet({
      url: requestUrl(url, request),
      headers: {
        accept: request.accept ?? 'application/json',
        ...(credential.type === 'bearer token' && {
          authorization: `Bearer ${credential.token.trim()}`,
        }),
      },
      dispatcher: this.deps.agents.get(agentRequest),
      bounds: this.deps.bounds,
      budget: this.deps.budget,
      maxBodyBytes: request.maxBodyBytes,
      signal: request.signal,
      endpoint: {
        clusterName: this.clusterName,
        origin: url.origin,
        access: this.access,
      },
    });
  }

  private async agentRequest(
    credential: KubernetesCredential,
  ): Promise<AgentRequest> {
    const { cluster, lookup } = this.options;
    return {
      endpoint: await clusterEndpoint(cluster),
      lookup,
      ...(credential.type === 'x509 client certificate' && {
        client: { cert: credential.cert, key: credential.key },
      }),
    };
  }
}
