import type { CollectorResource } from '@roadbed/backstage-plugin-platform-node';
import { MAX_OBJECT_BODY_BYTES, MAX_OPAQUE_LENGTH } from './bounds';
import type { ClusterConnection } from './ClusterConnection';
import { ClusterError } from './ClusterError';
import { ClusterReader } from './list/ClusterReader';
import { parse } from './list/listBody';
import { notKubernetes } from './list/statusError';

const PATH = '/api/v1/namespaces/kube-system';
const NAMESPACES: CollectorResource = {
  group: '',
  versions: ['v1'],
  resource: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

/**
 * Reads what a cluster is, whatever it is called: the UID of its `kube-system`
 * namespace, which is made once and never changes.
 *
 * @throws ClusterError, `forbidden` with the rule that is missing
 */
export async function readIdentity(
  connection: ClusterConnection,
  signal: AbortSignal,
): Promise<string> {
  const reader = new ClusterReader(connection, signal);
  const asked = { path: PATH, resource: NAMESPACES, verb: 'get' as const };
  const response = await reader.get(asked, {
    maxBodyBytes: MAX_OBJECT_BODY_BYTES,
  });
  const { clusterName } = connection;
  if (!response.headers['content-type']?.includes('json')) {
    throw notKubernetes({ ...asked, clusterName }, response);
  }
  const namespace = parse({ ...asked, clusterName }, response.body) as {
    kind?: unknown;
    metadata?: { uid?: unknown };
  } | null;
  const uid = namespace?.metadata?.uid;
  if (
    namespace?.kind !== 'Namespace' ||
    typeof uid !== 'string' ||
    uid.length > MAX_OPAQUE_LENGTH ||
    !/^[\x21-\x7e]+$/.test(uid)
  ) {
    throw new ClusterError({
      code: 'not_kubernetes',
      clusterName,
      status: response.status,
      message: `Cluster ${clusterName} answers ${PATH} with something else than a namespace with a UID; check that the URL leads to the API server`,
    });
  }
  return uid;
}
