import type { Knex } from 'knex';
import { type Lease, LeaseLostError } from '../lease';
import { lockForShare } from './dialect';
import type { CollectJobRow } from './tables';

/** The columns that name a lease and its epoch. */
export function leaseKey(
  lease: Pick<Lease, 'clusterId' | 'collector' | 'epoch'>,
): Pick<CollectJobRow, 'cluster_id' | 'collector' | 'epoch'> {
  return {
    cluster_id: lease.clusterId,
    collector: lease.collector,
    epoch: lease.epoch,
  };
}

/** Narrows a query to jobs of one cluster whose leases are still the newest. */
export function whereNewest<T extends Knex.QueryBuilder>(
  jobs: T,
  leases: ReadonlyArray<Pick<Lease, 'clusterId' | 'collector' | 'epoch'>>,
): T {
  return jobs.where({ cluster_id: leases[0].clusterId }).whereIn(
    ['collector', 'epoch'],
    leases.map(({ collector, epoch }) => [collector, epoch]),
  ) as T;
}

/** The columns of a job that nobody holds any more: who held it is fenced off. */
export function released(knex: Knex | Knex.Transaction) {
  return {
    lease_owner: null,
    lease_until_at: null,
    epoch: knex.raw('epoch + 1'),
    started_at: null,
    progress_objects: null,
    progress_expected: null,
  };
}

/**
 * The first statement of every write that a lease allows: the lease must still
 * be the newest one, and nobody can claim the job before the transaction ends.
 *
 * @remarks
 * A lease that has run out is still good as long as nobody took it over.
 *
 * @throws LeaseLostError when the job was claimed again, or is gone
 */
export async function assertLease(
  tx: Knex.Transaction,
  lease: Lease,
): Promise<void> {
  const job = await lockForShare(
    tx<CollectJobRow>('collect_jobs').where(leaseKey(lease)).first('epoch'),
  );
  if (!job) {
    throw new LeaseLostError(lease);
  }
}
