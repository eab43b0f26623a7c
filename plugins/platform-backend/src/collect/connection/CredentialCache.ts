import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { createHash } from 'node:crypto';
import { ClusterError } from '../ClusterError';
import { ANONYMOUS_STRATEGY, credentialLifetimeMs } from './strategies';

const STRATEGY_TIMEOUT_MS = 15_000;

interface Entry {
  credential: Promise<KubernetesCredential>;
  expiresAt: number;
}

/**
 * Holds on to credentials, because some strategies ask a cloud for a new one
 * at every call.
 *
 * @remarks
 * Requests that come while a credential is being fetched wait for the same
 * one. A failure is never kept.
 */
export class CredentialCache {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly options: {
      now?: () => number;
      strategyTimeoutMs?: number;
    } = {},
  ) {}

  /** @throws ClusterError with code `credentials` */
  async get(
    cluster: ClusterDetails,
    strategies: Record<string, AuthenticationStrategy>,
  ): Promise<KubernetesCredential> {
    const now = this.options.now?.() ?? Date.now();
    const key = keyOf(cluster);
    const held = this.entries.get(key);
    if (held && held.expiresAt > now) {
      return held.credential;
    }
    this.forgetExpired(now);
    const strategy = strategyOf(cluster);
    const entry: Entry = {
      credential: this.fetch(cluster, strategies[strategy]),
      expiresAt: now + credentialLifetimeMs(strategy),
    };
    this.entries.set(key, entry);
    entry.credential.catch(() => {
      if (this.entries.get(key) === entry) {
        this.entries.delete(key);
      }
    });
    return entry.credential;
  }

  /** Forgets a credential that was refused, unless a newer one is there already. */
  async drop(
    cluster: ClusterDetails,
    refused: KubernetesCredential,
  ): Promise<void> {
    const key = keyOf(cluster);
    const held = this.entries.get(key);
    if (held && (await held.credential.catch(() => refused)) === refused) {
      this.entries.delete(key);
    }
  }

  /** Credentials of clusters that left, or changed, are not asked for again. */
  private forgetExpired(now: number): void {
    for (const [key, { expiresAt }] of this.entries) {
      if (expiresAt <= now) {
        this.entries.delete(key);
      }
    }
  }

  private async fetch(
    cluster: ClusterDetails,
    strategy: AuthenticationStrategy | undefined,
  ): Promise<KubernetesCredential> {
    const name = strategyOf(cluster);
    if (!strategy) {
      throw refusal(
        cluster,
        `the Kubernetes plugin has no strategy called "${name}"; correct \`authProvider\` of the cluster`,
      );
    }
    let timer: NodeJS.Timeout | undefined;
    const timeoutMs = this.options.strategyTimeoutMs ?? STRATEGY_TIMEOUT_MS;
    let credential: KubernetesCredential;
    try {
      credential = await Promise.race([
        strategy.getCredential(cluster, {}),
        new Promise<never>((_, reject) => {
          timer = setTimeout(
            () => reject(new Error(`no answer within ${timeoutMs} ms`)),
            timeoutMs,
          );
        }),
      ]);
    } catch (error) {
      // What a strategy throws is not ours to repeat: it can name accounts,
      // files and parts of tokens.
      throw refusal(
        cluster,
        `the strategy "${name}" gave no credential; check its settings in the backend, whose log says more at debug level`,
        error,
      );
    } finally {
      clearTimeout(timer);
    }
    if (credential.type === 'anonymous' && name !== ANONYMOUS_STRATEGY) {
      throw refusal(
        cluster,
        `the strategy "${name}" gave no credential but an anonymous one; use a strategy that logs in by itself`,
      );
    }
    return credential;
  }
}

/** The name of the strategy of a cluster; empty when there is none. */
export function strategyOf(cluster: ClusterDetails): string {
  return cluster.authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER] ?? '';
}

function refusal(cluster: ClusterDetails, what: string, cause?: unknown) {
  return new ClusterError({
    code: 'credentials',
    clusterName: cluster.name,
    message: `Cluster ${cluster.name}: ${what}`,
    cause,
  });
}

/** Changes with everything that decides the credential; hashed, since tokens are part of it. */
function keyOf(cluster: ClusterDetails): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        cluster.name,
        cluster.url,
        Object.entries(cluster.authMetadata).sort(([a], [b]) =>
          a < b ? -1 : 1,
        ),
      ]),
    )
    .digest('hex');
}
