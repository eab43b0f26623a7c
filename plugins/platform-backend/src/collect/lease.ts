/**
 * The right to collect one thing from one cluster, for a while.
 *
 * `epoch` is the fencing token: it grows with every claim and every end, and
 * every write of the holder is made under the condition that it is still the
 * newest. A replica that was paused past its lease can therefore never
 * overwrite what its successor wrote.
 */
export interface Lease {
  /** Row id of the cluster, bound to one identity of it. */
  clusterId: number;
  clusterName: string;
  collector: string;
  epoch: number;
  /** Which replica holds it. */
  owner: string;
  /** Epoch milliseconds of the database clock. */
  leaseUntil: number;
}

/** Thrown by every write whose lease another replica has taken over. */
export class LeaseLostError extends Error {
  constructor(lease: Pick<Lease, 'clusterName' | 'collector' | 'epoch'>) {
    super(
      `The lease for ${lease.collector} of cluster ${lease.clusterName} (epoch ${lease.epoch}) was taken over; nothing was written`,
    );
    this.name = 'LeaseLostError';
  }
}
