import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { ListedCluster } from '../connection/ClusterSource';
import { bindIdentity, type IdentityBinding } from './bindIdentity';
import { clusterRecord, type ClusterRecord } from './clusterRecord';
import type { CollectorDatabase } from './CollectorDatabase';
import { lockForUpdate, nowMs, nowPlusMs } from './dialect';
import { syncClusterList, type ClusterListChanges } from './syncClusterList';
import type { ClusterRow } from './tables';

/** An identity that is read again and again is written down this often. */
const REPEAT_VERIFIED_MS = 30_000;

/**
 * Which clusters there are, and who they are.
 *
 * @remarks
 * Everything that changes a row holds the lock on the cluster list, so that
 * replicas decide about names and identities one after the other.
 */
export class ClusterStore {
  constructor(
    private readonly options: {
      database: CollectorDatabase;
      /** Told in the transaction of every change of names and identities. */
      changed?(tx: Knex.Transaction): Promise<void>;
    },
  ) {}

  /**
   * Takes in a list of clusters; see {@link syncClusterList}.
   *
   * @param options.healthy - whether what the list leaves out is really gone
   * @param options.problem - what is wrong with the list, for people
   * @param options.graceMs - how long a cluster may be missing before it is
   *   given up
   */
  async syncList(
    listed: readonly ListedCluster[],
    options: { healthy: boolean; problem?: string; graceMs: number },
  ): Promise<ClusterListChanges> {
    const { healthy, problem, graceMs } = options;
    return this.locked(async tx => {
      const changes = await syncClusterList(tx, { listed, healthy, graceMs });
      await tx('cluster_list_state').update({
        error: problem ?? null,
        ...(healthy && { synced_at: nowMs(tx) }),
      });
      return changes;
    });
  }

  /** Records that there was no list; changes no cluster. */
  async listFailed(error: string): Promise<void> {
    await this.locked(tx => tx('cluster_list_state').update({ error }));
  }

  /** {@inheritDoc bindIdentity} */
  async bindIdentity(clusterId: number, uid: string): Promise<IdentityBinding> {
    // Nearly always nothing changed, and that takes one statement, no lock.
    const known = await this.options.database.read(knex =>
      knex('clusters')
        .where({ id: clusterId, uid, active: true, duplicate_of: null })
        .where('verified_at', '>', nowPlusMs(knex, -REPEAT_VERIFIED_MS))
        .first('id'),
    );
    if (known) {
      return { outcome: 'same', clusterId };
    }
    const confirmed = await this.options.database.write(tx =>
      tx('clusters')
        .where({ id: clusterId, uid, active: true, duplicate_of: null })
        .update({ verified_at: nowMs(tx) }),
    );
    if (confirmed > 0) {
      return { outcome: 'same', clusterId };
    }
    return this.locked(tx => bindIdentity(tx, { clusterId, uid }));
  }

  /** @throws NotFoundError when there is no such row */
  async get(id: number): Promise<ClusterRecord> {
    const row = await this.options.database.read(knex =>
      knex<ClusterRow>('clusters').where({ id }).first(),
    );
    if (!row) {
      throw new NotFoundError(`There is no cluster with row id ${id}`);
    }
    return clusterRecord(row);
  }

  private locked<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.options.database.write(async tx => {
      await lockForUpdate(tx('cluster_list_state').where({ id: 1 }).first());
      const result = await work(tx);
      await this.options.changed?.(tx);
      return result;
    });
  }
}
