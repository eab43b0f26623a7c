import type { Knex } from 'knex';
import { MAX_IDENTITIES_PER_DAY } from '../bounds';
import { readNow } from './dialect';
import { collectedAs, handOverDuplicates } from './duplicates';
import type { ClusterRow } from './tables';

const DAY_MS = 24 * 60 * 60_000;

/**
 * What reading the identity of a cluster says about its row.
 *
 * - `same`: the row is of this cluster
 * - `bound`: the row is of this cluster from now on
 * - `replaced`: the name leads to another cluster now, which is `clusterId`;
 *   the row that was asked about is kept apart
 * - `duplicate`: the cluster is collected under the row `of` already
 * - `gone`: the row was replaced or given up in the meantime
 * - `unsettled`: the name led to too many clusters lately; nothing was changed
 */
export type IdentityBinding =
  | { outcome: 'same' | 'bound' | 'gone' | 'unsettled'; clusterId: number }
  | { outcome: 'replaced'; clusterId: number }
  | { outcome: 'duplicate'; clusterId: number; of: number };

/**
 * Binds a cluster's row to the identity its name was found to lead to.
 *
 * @remarks
 * Rows of two identities are never mixed: a name that leads elsewhere goes on
 * under another row, the former one of that identity when there is one, and
 * the jobs of the row it leaves are deleted, which fences off whoever is still
 * writing to it.
 *
 * @param tx - holds the lock on the cluster list, so that two replicas cannot
 *   bind two names of one cluster at the same time
 */
export async function bindIdentity(
  tx: Knex.Transaction,
  options: { clusterId: number; uid: string },
): Promise<IdentityBinding> {
  const { clusterId, uid } = options;
  const now = await readNow(tx);
  const row = await tx<ClusterRow>('clusters')
    .where({ id: clusterId, active: true })
    .first();
  if (!row) {
    return { outcome: 'gone', clusterId };
  }
  const former =
    row.uid === uid
      ? undefined
      : await tx<ClusterRow>('clusters')
          .where({ name: row.name, uid, active: false })
          .orderBy('id', 'desc')
          .first('id');
  const staysInRow = row.uid === uid || (row.uid === null && !former);
  if (!staysInRow && !former && (await isUnsettled(tx, row.name, now))) {
    return { outcome: 'unsettled', clusterId };
  }
  const target = staysInRow
    ? clusterId
    : await moveToOtherRow(tx, { row, uid, former, now });
  await tx('clusters').where({ id: target }).update({ uid, verified_at: now });

  const of = await collectedAs(tx, { id: target, uid });
  await tx('clusters').where({ id: target }).update({ duplicate_of: of });
  if (of !== null) {
    return { outcome: 'duplicate', clusterId: target, of };
  }
  // Other names of this cluster left the list: this row stands for it now.
  await tx('clusters')
    .where({ uid, active: true })
    .whereNot({ id: target })
    .update({ duplicate_of: target });
  if (!staysInRow) {
    return { outcome: 'replaced', clusterId: target };
  }
  return {
    outcome: row.uid === uid && row.duplicate_of === null ? 'same' : 'bound',
    clusterId: target,
  };
}

/** Whether the name led to as many clusters within a day as are followed. */
async function isUnsettled(
  tx: Knex.Transaction,
  name: string,
  now: number,
): Promise<boolean> {
  const [{ count }] = await tx('clusters')
    .where({ name })
    .where('first_seen_at', '>', now - DAY_MS)
    .count({ count: '*' });
  return Number(count) >= MAX_IDENTITIES_PER_DAY;
}

async function moveToOtherRow(
  tx: Knex.Transaction,
  options: {
    row: ClusterRow;
    uid: string;
    former: Pick<ClusterRow, 'id'> | undefined;
    now: number;
  },
): Promise<number> {
  const { row, former, now } = options;
  await tx('clusters')
    .where({ id: row.id })
    .update({ active: false, replaced_at: now, duplicate_of: null });
  await handOverDuplicates(tx, row.id);
  await tx('collect_jobs').where({ cluster_id: row.id }).delete();
  await tx('cluster_breakers').where({ cluster_id: row.id }).delete();

  const listing = {
    title: row.title,
    auth_provider: row.auth_provider,
    access: row.access,
    last_listed_at: row.last_listed_at,
    missing_since_at: row.missing_since_at,
    active: true,
    replaced_at: null,
    removed_at: null,
  };
  if (former) {
    await tx('clusters').where({ id: former.id }).update(listing);
    return former.id;
  }
  const [{ id }] = await tx('clusters')
    .insert({ ...listing, name: row.name, first_seen_at: now })
    .returning('id');
  return id;
}
