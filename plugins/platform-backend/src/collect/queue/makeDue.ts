import type { Knex } from 'knex';
import { nowMs, nowPlusMs } from '../store/dialect';

/**
 * Makes all jobs of a cluster due, except those that ran a moment ago.
 *
 * @param options.minAgeMs - a job whose last run started within this time
 *   keeps its place
 * @returns how many jobs are due now that were not
 */
export async function makeDue(
  knex: Knex | Knex.Transaction,
  options: { clusterId: number; minAgeMs: number },
): Promise<number> {
  const { clusterId, minAgeMs } = options;
  return knex('collect_jobs')
    .where({ cluster_id: clusterId })
    .whereNull('lease_until_at')
    .where('due_at', '>', nowMs(knex))
    .whereNotExists(
      knex('collect_coverage as v')
        .select(1)
        .whereRaw('v.cluster_id = collect_jobs.cluster_id')
        .whereRaw('v.collector = collect_jobs.collector')
        .where('v.attempt_at', '>', nowPlusMs(knex, -minAgeMs)),
    )
    .update({ due_at: nowMs(knex) });
}
