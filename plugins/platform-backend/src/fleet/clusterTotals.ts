import { NOT_READY_STATUSES } from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import type { ObservationChange } from '../collect/observations';
import { isPostgres, parseJson } from '../collect/store/dialect';
import type { CollectCoverageRow } from '../collect/store/tables';
import { updateClusterFacts } from './clusterFacts';
import type { PodSumDocument } from './podSums';
import { KIND_BY_COLLECTOR } from './workloadCollectors';

/**
 * Counts workloads. Their number is known only when each of the `counted`
 * collectors has been complete once; one that is not served counts as complete.
 */
export async function refreshWorkloadTotals(
  tx: Knex.Transaction,
  { clusterId, collector, complete }: ObservationChange,
  counted: string[],
): Promise<void> {
  const rows: Array<
    Pick<CollectCoverageRow, 'collector' | 'complete_at' | 'problem'>
  > = await tx('collect_coverage')
    .where({ cluster_id: clusterId })
    .whereIn('collector', counted)
    .select('collector', 'complete_at', 'problem');
  const known = new Set(
    rows
      .filter(
        row =>
          row.complete_at !== null ||
          parseJson(row.problem)?.code === 'not_served',
      )
      .map(row => row.collector),
  );
  if (complete) known.add(collector);
  if (known.size < counted.length) return;
  const [{ total, bad }] = await tx('fleet_workloads')
    .where({ cluster_id: clusterId })
    .whereIn(
      'kind',
      counted.map(id => KIND_BY_COLLECTOR[id]),
    )
    .select({
      total: tx.raw('count(*)'),
      bad: tx.raw(
        `count(case when status in (${NOT_READY_STATUSES.map(() => '?').join(
          ', ',
        )}) then 1 end)`,
        [...NOT_READY_STATUSES],
      ),
    });
  await updateClusterFacts(tx, clusterId, {
    workloads_total: Number(total),
    workloads_not_ready: Number(bad),
  });
}

/**
 * Counts the unfinished pods, and those of them that are ready. Added up by the
 * database: a cluster has thousands of documents, and this is asked whenever
 * one of them changed.
 */
export async function refreshPodTotals(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<void> {
  const field = (name: keyof PodSumDocument) =>
    isPostgres(tx)
      ? tx.raw('coalesce(sum((doc ->> ?::text)::bigint), 0)', [name])
      : tx.raw('coalesce(sum(json_extract(doc, ?)), 0)', [`$.${name}`]);
  const [{ pods, ready }] = await tx('observed_objects')
    .where({ cluster_id: clusterId, collector: 'pods' })
    .select({ pods: field('pods'), ready: field('ready') });
  await updateClusterFacts(tx, clusterId, {
    pods_total: Number(pods),
    pods_ready: Number(ready),
  });
}
