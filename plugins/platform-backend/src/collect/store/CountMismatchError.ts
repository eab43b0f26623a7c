import type { Lease } from '../lease';

/**
 * After a complete list the database held another number of rows than the list
 * had objects: somebody else changed the table, or a write was lost in a
 * failover. The next run writes all of them again.
 */
export class CountMismatchError extends Error {
  /** Stable code for the ledger. */
  readonly code = 'count_mismatch';

  constructor(lease: Lease, counts: { stored: number; listed: number }) {
    super(
      `Cluster ${lease.clusterName} listed ${counts.listed} objects for ${lease.collector} but ${counts.stored} are stored; the next run writes all of them again`,
    );
    this.name = 'CountMismatchError';
  }
}
