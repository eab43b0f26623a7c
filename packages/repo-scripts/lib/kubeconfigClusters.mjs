import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

function named(list, name, what, file) {
  const entry = (list ?? []).find(item => item.name === name);
  if (!entry) throw new Error(`${file}: there is no ${what} named "${name}"`);
  return entry;
}

function base64File(path, from) {
  return readFileSync(resolve(dirname(from), path)).toString('base64');
}

/**
 * Turns the contexts of a kubeconfig into a `kubernetes:` section.
 *
 * Only contexts with a bearer token can be used: the Kubernetes plugin has no
 * strategy for client certificates or exec plugins.
 *
 * @param {object} kubeconfig the parsed document
 * @param {string} file its name, for messages and relative paths
 * @returns {{ config: object, skipped: string[] }} `skipped` has a sentence per unusable context
 * @throws Error when not one context can be used
 */
export function kubeconfigClusters(kubeconfig, file) {
  const clusters = [];
  const skipped = [];
  for (const { name, context } of kubeconfig?.contexts ?? []) {
    const { cluster } = named(
      kubeconfig.clusters,
      context.cluster,
      'cluster',
      file,
    );
    const { user } = named(kubeconfig.users, context.user, 'user', file);
    const token =
      user.token ??
      (user.tokenFile &&
        readFileSync(resolve(dirname(file), user.tokenFile), 'utf8').trim());
    if (!token) {
      skipped.push(
        `context "${name}" is left out: its user "${context.user}" has no token. Make one with: kubectl --context ${name} create token <serviceaccount> --duration 24h`,
      );
      continue;
    }
    clusters.push({
      name,
      url: cluster.server,
      authProvider: 'serviceAccount',
      serviceAccountToken: token,
      skipTLSVerify: cluster['insecure-skip-tls-verify'] === true,
      caData:
        cluster['certificate-authority-data'] ??
        (cluster['certificate-authority'] &&
          base64File(cluster['certificate-authority'], file)),
    });
  }
  if (clusters.length === 0) {
    throw new Error(
      [`${file}: no context can be used`, ...skipped].join('\n  '),
    );
  }
  return {
    config: {
      kubernetes: {
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: [{ type: 'config', clusters }],
      },
    },
    skipped,
  };
}
