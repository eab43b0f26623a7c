import type { ClusterResponse } from '../ClusterConnection';
import { ClusterError, type ClusterErrorCode } from '../ClusterError';

/** What the text of an error of the proxy says about the way behind it. */
const BEHIND: ReadonlyArray<[RegExp, ClusterErrorCode, string]> = [
  [/ENOTFOUND|EAI_AGAIN/, 'dns', 'the host of the API server does not resolve'],
  [/ECONNREFUSED/, 'connect_refused', 'the API server refuses connections'],
  [/ETIMEDOUT/, 'connect_timeout', 'no connection to the API server in time'],
  [
    /certificate|CERT_|SSL|TLS/i,
    'tls',
    'the certificate of the API server is not trusted with the caData of the cluster',
  ],
];

/**
 * Tells an error of Backstage's proxy from an answer of the API server.
 *
 * @remarks
 * Both use the same statuses. Backstage's bodies are `{ error: { name } }`,
 * those of Kubernetes are of kind `Status`; a 403 or 404 of the proxy must not
 * be taken for "forbidden" or "not served" by the cluster.
 */
export function proxyError(
  clusterName: string,
  response: ClusterResponse,
): ClusterError | undefined {
  const error = backstageError(response);
  if (!error) {
    return undefined;
  }
  const { status } = response;
  const failure = (code: ClusterErrorCode, what: string) =>
    new ClusterError({
      code,
      clusterName,
      status,
      message: `Cluster ${clusterName}: ${what}`,
    });
  if (status === 401 || status === 403) {
    return failure(
      'credentials',
      'the Kubernetes proxy of Backstage refuses the collector; allow the permission `kubernetes.proxy` for the service `plugin:platform`',
    );
  }
  if (status === 404) {
    return failure(
      'unavailable',
      'the Kubernetes plugin does not know this cluster any more; it goes when the list of clusters is read again',
    );
  }
  for (const [pattern, code, what] of BEHIND) {
    if (pattern.test(error)) {
      return failure(
        code,
        `${what}; correct the cluster in app-config \`kubernetes.clusterLocatorMethods\``,
      );
    }
  }
  return failure(
    'unavailable',
    `the Kubernetes proxy of Backstage could not reach it (status ${status}); the log of the Kubernetes plugin says why`,
  );
}

/** The text of a Backstage error body, or nothing for any other body. */
function backstageError(response: ClusterResponse): string | undefined {
  const { body, headers, status } = response;
  if (
    status < 400 ||
    body.length > 64 * 1024 ||
    !headers['content-type']?.includes('json')
  ) {
    return undefined;
  }
  try {
    const parsed = JSON.parse(body.toString('utf8'));
    const error = parsed?.kind === undefined ? parsed?.error : undefined;
    return typeof error?.name === 'string'
      ? `${error.name} ${error.message}`
      : undefined;
  } catch {
    return undefined;
  }
}
