import { SERVICEACCOUNT_CA_PATH } from '@backstage/plugin-kubernetes-common';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ClusterError } from '../ClusterError';
import { strategyOf } from './CredentialCache';

/** Where an API server is, and whom to trust there. */
export interface ClusterEndpoint {
  url: URL;
  /** PEM of the cluster's own authority; absent where the system's are used. */
  ca?: string;
  skipTLSVerify: boolean;
}

/**
 * Resolves the address and the authority of a cluster as the Kubernetes plugin
 * does.
 *
 * @remarks
 * A `serviceAccount` cluster without a token is the cluster the backend runs
 * in: the Kubernetes plugin then takes address and CA from the pod and not
 * from the configuration, and so does this. Files are read anew each time, as
 * they are rotated.
 *
 * @throws ClusterError with code `tls` or `credentials`
 */
export async function clusterEndpoint(
  cluster: ClusterDetails,
  env: { serviceAccountCaPath?: string; processEnv?: NodeJS.ProcessEnv } = {},
): Promise<ClusterEndpoint> {
  const caPath = env.serviceAccountCaPath ?? SERVICEACCOUNT_CA_PATH;
  const inCluster =
    strategyOf(cluster) === 'serviceAccount' &&
    !cluster.authMetadata.serviceAccountToken &&
    existsSync(caPath);
  if (inCluster) {
    const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } =
      env.processEnv ?? process.env;
    const bracketed = host?.includes(':') ? `[${host}]` : host;
    return {
      url: parseUrl(cluster, `https://${bracketed}:${port ?? 443}`),
      ca: await readCa(cluster, caPath),
      skipTLSVerify: false,
    };
  }
  const url = parseUrl(cluster, cluster.url);
  let ca: string | undefined;
  if (cluster.caFile) {
    ca = await readCa(cluster, cluster.caFile);
  } else if (cluster.caData) {
    ca = Buffer.from(cluster.caData, 'base64').toString('utf8');
  }
  return { url, ca, skipTLSVerify: cluster.skipTLSVerify ?? false };
}

function parseUrl(cluster: ClusterDetails, text: string): URL {
  try {
    const url = new URL(text);
    if (url.protocol === 'https:' || url.protocol === 'http:') {
      return url;
    }
  } catch {
    // Said below, in the same words as for another scheme.
  }
  throw new ClusterError({
    code: 'network',
    clusterName: cluster.name,
    message: `Cluster ${cluster.name}: its URL in app-config \`kubernetes.clusterLocatorMethods\` is not an http or https URL; correct it`,
  });
}

async function readCa(cluster: ClusterDetails, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ClusterError({
      code: 'tls',
      clusterName: cluster.name,
      message: `Cluster ${cluster.name}: the file of its CA, "${path}", cannot be read; correct \`caFile\` of the cluster in app-config \`kubernetes.clusterLocatorMethods\``,
      cause,
    });
  }
}
