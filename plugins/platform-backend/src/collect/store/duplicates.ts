import type { Knex } from 'knex';
import type { ClusterRow } from './tables';

/**
 * The row under which a cluster is collected, other than `id`: an active one
 * of the same identity that the cluster list still names.
 */
export async function collectedAs(
  tx: Knex.Transaction,
  options: { id: number; uid: string },
): Promise<number | null> {
  const row = await tx<ClusterRow>('clusters')
    .where({ uid: options.uid, active: true })
    .whereNot({ id: options.id })
    .whereNull('duplicate_of')
    .whereNull('missing_since_at')
    .orderBy('id')
    .first('id');
  return row?.id ?? null;
}

/** A row does not stand for its cluster any more: its first duplicate does. */
export async function handOverDuplicates(
  tx: Knex.Transaction,
  id: number,
): Promise<void> {
  const heir = await tx<ClusterRow>('clusters')
    .where({ duplicate_of: id, active: true })
    .orderBy('id')
    .first('id');
  if (heir) {
    await tx('clusters')
      .where({ duplicate_of: id })
      .update({ duplicate_of: heir.id });
    await tx('clusters').where({ id: heir.id }).update({ duplicate_of: null });
  }
}
