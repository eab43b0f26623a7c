import type { Knex } from 'knex';
import type { ListedCluster } from '../connection/ClusterSource';
import { clusterRecord, type ClusterRecord } from './clusterRecord';
import { readNow, toJson } from './dialect';
import { collectedAs, handOverDuplicates } from './duplicates';
import type { ClusterRow } from './tables';

/** What reading the cluster list changed; names. */
export interface ClusterListChanges {
  added: string[];
  /** Named again before their rows were given up for good. */
  returned: string[];
  /** Not named any more, for the first time. */
  missing: string[];
  /** Missing for longer than the grace period. */
  removed: string[];
}

/**
 * Brings the active clusters in step with a list.
 *
 * @remarks
 * A list proves that the clusters it names exist; that others do not exist, it
 * proves only when it is healthy, and even then not at once: a locator that
 * fails can make its clusters vanish from a list that looks complete. A cluster
 * is given up when healthy lists have left it out since before the grace
 * period. Its rows stay until retention deletes them.
 */
export async function syncClusterList(
  tx: Knex.Transaction,
  options: {
    listed: readonly ListedCluster[];
    healthy: boolean;
    graceMs: number;
  },
): Promise<ClusterListChanges> {
  const now = await readNow(tx);
  const rows = await tx<ClusterRow>('clusters').where({ active: true });
  const active = new Map(rows.map(row => [row.name, clusterRecord(row)]));
  const changes: ClusterListChanges = {
    added: [],
    returned: [],
    missing: [],
    removed: [],
  };

  for (const listed of options.listed) {
    const known = active.get(listed.name);
    active.delete(listed.name);
    if (known) {
      await refresh(tx, { known, listed, now });
    } else if (await restore(tx, { listed, now })) {
      changes.returned.push(listed.name);
    } else {
      await tx('clusters').insert({
        ...listedColumns(listed, now),
        name: listed.name,
        active: true,
        first_seen_at: now,
      });
      changes.added.push(listed.name);
    }
  }

  if (options.healthy) {
    for (const absent of active.values()) {
      if (absent.missingSinceAt === null) {
        await tx('clusters')
          .where({ id: absent.id })
          .update({ missing_since_at: now });
        changes.missing.push(absent.name);
      } else if (absent.missingSinceAt <= now - options.graceMs) {
        await giveUp(tx, absent.id, now);
        changes.removed.push(absent.name);
      }
    }
  }
  return changes;
}

function listedColumns(listed: ListedCluster, now: number) {
  return {
    title: listed.title ?? null,
    auth_provider: listed.authProvider,
    access: listed.access,
    access_problem: listed.accessProblem ? toJson(listed.accessProblem) : null,
    last_listed_at: now,
    missing_since_at: null,
  };
}

async function refresh(
  tx: Knex.Transaction,
  options: { known: ClusterRecord; listed: ListedCluster; now: number },
) {
  await tx('clusters')
    .where({ id: options.known.id })
    .update(listedColumns(options.listed, options.now));
}

/** Brings back the newest row that was given up under this name. */
async function restore(
  tx: Knex.Transaction,
  options: { listed: ListedCluster; now: number },
): Promise<boolean> {
  const { listed, now } = options;
  const former = await tx<ClusterRow>('clusters')
    .where({ name: listed.name, active: false })
    .whereNotNull('removed_at')
    .orderBy('removed_at', 'desc')
    .first('id', 'uid');
  if (!former) {
    return false;
  }
  await tx('clusters')
    .where({ id: former.id })
    .update({
      ...listedColumns(listed, now),
      active: true,
      removed_at: null,
      duplicate_of:
        former.uid &&
        (await collectedAs(tx, { id: former.id, uid: former.uid })),
    });
  return true;
}

async function giveUp(tx: Knex.Transaction, id: number, now: number) {
  await tx('clusters').where({ id }).update({ active: false, removed_at: now });
  await handOverDuplicates(tx, id);
  await tx('collect_jobs').where({ cluster_id: id }).delete();
}
