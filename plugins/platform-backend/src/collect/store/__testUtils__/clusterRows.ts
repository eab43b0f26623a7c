import type { Knex } from 'knex';
import { clusterRecord, type ClusterRecord } from '../clusterRecord';
import { toMillis } from '../dialect';
import type { ClusterListStateRow, ClusterRow } from '../tables';

/** The clusters of the list, by name. */
export async function activeClusters(knex: Knex): Promise<ClusterRecord[]> {
  const rows = await knex<ClusterRow>('clusters')
    .where({ active: true })
    .orderBy('name');
  return rows.map(clusterRecord);
}

/** When the list was last read without doubts, and what is wrong with it. */
export async function listState(
  knex: Knex,
): Promise<{ syncedAt: number | null; error: string | null }> {
  const row = await knex<ClusterListStateRow>('cluster_list_state').first();
  return {
    syncedAt: toMillis(row?.synced_at ?? null),
    error: row?.error ?? null,
  };
}
