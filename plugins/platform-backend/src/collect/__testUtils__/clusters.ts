import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { AgentPool } from '../connection/AgentPool';
import { BodyBudget } from '../connection/BodyBudget';
import { DEFAULT_BOUNDS, type ConnectionBounds } from '../bounds';
import { CredentialCache } from '../connection/CredentialCache';
import { DirectConnection } from '../connection/DirectConnection';

/** Details of a cluster, as the Kubernetes plugin gives them. */
export function clusterDetails(
  options: Partial<ClusterDetails> & { url: string; strategy?: string },
): ClusterDetails {
  const { strategy = 'serviceAccount', ...details } = options;
  return {
    name: 'shop-dev',
    authMetadata: {
      [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: strategy,
      serviceAccountToken: 'unused',
    },
    ...details,
  };
}

/** A strategy that gives these credentials one after the other, then the last again. */
export function strategyOf(
  ...credentials: KubernetesCredential[]
): AuthenticationStrategy & { asked: number } {
  return {
    asked: 0,
    async getCredential() {
      return credentials[Math.min(this.asked++, credentials.length - 1)];
    },
    validateCluster: () => [],
    presentAuthMetadata: () => ({}),
  };
}

/** A strategy of bearer tokens. */
export function tokens(...values: string[]) {
  return strategyOf(
    ...values.map(token => ({ type: 'bearer token' as const, token })),
  );
}

/** A direct connection with pools of its own. */
export function directConnection(options: {
  cluster: ClusterDetails;
  strategy: AuthenticationStrategy;
  bounds?: Partial<ConnectionBounds>;
}): DirectConnection & { agents: AgentPool } {
  const bounds = { ...DEFAULT_BOUNDS, ...options.bounds };
  const agents = new AgentPool({ bounds });
  const name =
    options.cluster.authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER];
  const connection = new DirectConnection(
    {
      agents,
      bounds,
      budget: new BodyBudget(),
      credentials: new CredentialCache(),
    },
    { cluster: options.cluster, strategies: { [name]: options.strategy } },
  );
  return Object.assign(connection, { agents });
}
