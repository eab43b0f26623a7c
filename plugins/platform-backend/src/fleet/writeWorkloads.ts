import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import { chunks, insertChunkSize } from '../collect/store/dialect';
import { isCounted } from './clusterFacts';
import { isOwnedByCronJob, podSumsOf } from './cronJobs';
import { ownableRow } from './ownership/ownableObjects';
import type { WorkloadOwners } from './ownership/WorkloadOwners';
import type { PodSumDocument } from './podSums';
import { KIND_BY_COLLECTOR } from './workloadCollectors';
import { workloadRow } from './workloadRow';

/**
 * Writes the rows of workloads that are stored, with the pods they have.
 *
 * @param options.owners - decides whose they are; absent when nothing changed
 *   that this depends on
 */
export async function writeWorkloads(
  tx: Knex.Transaction,
  options: {
    clusterId: number;
    collector: string;
    objects: ObservedObject[];
    owners?: WorkloadOwners;
  },
): Promise<void> {
  const { clusterId, collector, owners } = options;
  const kind = KIND_BY_COLLECTOR[collector];
  // A cron job's jobs are its runs, not workloads of their own.
  const objects =
    kind === 'Job'
      ? options.objects.filter(object => !isOwnedByCronJob(object))
      : options.objects;
  if (objects.length === 0) return;
  const podsKnown = await isCounted(tx, clusterId, 'pods_total');
  const sums = podsKnown
    ? await podSumsOf(tx, { clusterId, kind, objects })
    : new Map<string, PodSumDocument>();
  const ownership = await owners?.decide(tx, {
    clusterId,
    objects: objects.map(ownableRow),
  });
  const rows = objects.map(object =>
    workloadRow({
      clusterId,
      kind,
      object,
      podsKnown,
      pods: sums.get(object.key),
      ownership: ownership?.get(object.key),
    }),
  );
  for (const part of chunks(rows, insertChunkSize(17))) {
    await tx('fleet_workloads')
      .insert(part)
      .onConflict(['cluster_id', 'key'])
      .merge();
  }
}
