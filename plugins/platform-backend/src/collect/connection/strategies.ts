/** Why a cluster is not collected, and what would change that. */
export interface AccessProblem {
  code: string;
  message: string;
  remedy: string;
}

/** Strategies that act for the signed-in user, of whom a collector has none. */
const USER_STRATEGIES: ReadonlySet<string> = new Set(['google', 'oidc', 'aks']);

/**
 * Strategies that always give a bearer token of the server's own.
 *
 * @remarks
 * The proxy is used with these only. With a credential that is anonymous or a
 * client certificate it would hand the caller's Backstage token on to the API
 * server.
 */
const PROXY_STRATEGIES: ReadonlySet<string> = new Set([
  'serviceAccount',
  'aws',
  'azure',
  'googleServiceAccount',
]);

/** The one strategy that is meant to be anonymous: `kubectl proxy` logs in itself. */
export const ANONYMOUS_STRATEGY = 'localKubectlProxy';

const MINUTE = 60_000;
const CREDENTIAL_LIFETIMES_MS: Readonly<Record<string, number>> = {
  // A presigned STS request is accepted by EKS for 15 minutes.
  aws: 10 * MINUTE,
  // Access tokens of Google live an hour.
  googleServiceAccount: 45 * MINUTE,
};

/** How long a credential of a strategy is used before it is asked for again. */
export function credentialLifetimeMs(strategy: string): number {
  return CREDENTIAL_LIFETIMES_MS[strategy] ?? 5 * MINUTE;
}

/**
 * Why a cluster of that strategy cannot be read over that way, or nothing when
 * it can.
 *
 * @param known - the strategies the Kubernetes plugin has; only told on the
 * direct way
 */
export function accessProblem(options: {
  strategy: string | undefined;
  access: 'direct' | 'proxy';
  known?: ReadonlySet<string>;
}): AccessProblem | undefined {
  const { strategy, access, known } = options;
  if (!strategy) {
    return {
      code: 'no_strategy',
      message: 'The cluster names no authentication strategy',
      remedy:
        'Set `authProvider` of the cluster in app-config `kubernetes.clusterLocatorMethods`',
    };
  }
  if (USER_STRATEGIES.has(strategy)) {
    return {
      code: 'needs_user',
      message: `The strategy "${strategy}" logs in with the token of a signed-in user, and the collector has none`,
      remedy:
        'Use serviceAccount, aws, azure or googleServiceAccount as `authProvider` of this cluster',
    };
  }
  if (known && !known.has(strategy)) {
    return {
      code: 'unknown_strategy',
      message: `The Kubernetes plugin has no strategy called "${strategy}"`,
      remedy: `Use one of ${[...known]
        .sort()
        .join(
          ', ',
        )} as \`authProvider\`, or install the module that brings this one`,
    };
  }
  if (access === 'proxy' && !PROXY_STRATEGIES.has(strategy)) {
    return {
      code: 'not_over_proxy',
      message: `Clusters with the strategy "${strategy}" are not read through the proxy of the Kubernetes plugin, because it may give credentials the proxy does not keep apart from Backstage's own`,
      remedy:
        'Install @roadbed/backstage-plugin-kubernetes-backend-module-platform in the backend of the Kubernetes plugin, so that the cluster is read directly',
    };
  }
  return undefined;
}
