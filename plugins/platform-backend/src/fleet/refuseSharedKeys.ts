import type { WorkloadKind } from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import { ClusterError } from '../collect/ClusterError';
import { chunks, whereInArray } from '../collect/store/dialect';

/**
 * Refuses objects whose UID is that of a workload of another kind: a workload
 * is one row by its UID, and one of the two would take the place of the other.
 *
 * @throws ClusterError `malformed`; what was stored stays, as the transaction
 * ends with it
 */
export async function refuseSharedKeys(
  tx: Knex.Transaction,
  options: {
    clusterId: number;
    clusterName: string;
    kind: WorkloadKind;
    keys: string[];
  },
): Promise<void> {
  const { clusterId, clusterName, kind } = options;
  for (const keys of chunks(options.keys, 1_000)) {
    const other = await whereInArray(
      tx('fleet_workloads').where({ cluster_id: clusterId }),
      'key',
      keys,
    )
      .whereNot({ kind })
      .first('kind', 'namespace', 'name');
    if (other) {
      throw new ClusterError({
        code: 'malformed',
        clusterName,
        message: `Cluster ${clusterName} gives a ${kind} the UID of the ${other.kind} ${other.namespace}/${other.name}; look for a proxy or an API server that does not follow the rules of Kubernetes`,
      });
    }
  }
}
