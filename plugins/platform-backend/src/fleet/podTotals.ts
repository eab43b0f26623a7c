import type { Knex } from 'knex';
import { isPostgres } from '../collect/store/dialect';
import type { PodSumDocument } from './podSums';

/**
 * The unfinished pods of a cluster, and how many of them are ready. Added up
 * by the database: a cluster has thousands of documents, and this is asked
 * whenever one of them changed.
 */
export async function podTotals(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<{ pods: number; ready: number }> {
  const field = (name: keyof PodSumDocument) =>
    isPostgres(tx)
      ? tx.raw('coalesce(sum((doc ->> ?::text)::bigint), 0)', [name])
      : tx.raw('coalesce(sum(json_extract(doc, ?)), 0)', [`$.${name}`]);
  const [row] = await tx('observed_objects')
    .where({ cluster_id: clusterId, collector: 'pods' })
    .select({ pods: field('pods'), ready: field('ready') });
  return { pods: Number(row.pods), ready: Number(row.ready) };
}
