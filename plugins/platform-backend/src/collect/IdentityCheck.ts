import type { ClusterConnection } from './ClusterConnection';
import { ClusterError } from './ClusterError';
import { readIdentity } from './clusterIdentity';

const MAX_AGE_MS = 60_000;

/**
 * Makes sure, before anything is written, that a name still leads to the
 * cluster whose rows are about to be changed.
 *
 * @remarks
 * One reading serves all collectors of a cluster for a minute. It is kept per
 * connection and not per name, because a changed address is a new connection.
 */
export class IdentityCheck {
  private readonly readings = new WeakMap<
    ClusterConnection,
    { uid: Promise<string>; at: number }
  >();

  constructor(private readonly options: { now?: () => number } = {}) {}

  /** The UID behind a connection, at most a minute old. @throws ClusterError */
  async read(
    connection: ClusterConnection,
    signal: AbortSignal,
  ): Promise<string> {
    const now = this.options.now?.() ?? Date.now();
    const known = this.readings.get(connection);
    if (known && now - known.at < MAX_AGE_MS) {
      return known.uid;
    }
    const reading = { uid: readIdentity(connection, signal), at: now };
    this.readings.set(connection, reading);
    reading.uid.catch(() => {
      if (this.readings.get(connection) === reading) {
        this.readings.delete(connection);
      }
    });
    return reading.uid;
  }

  /** @throws ClusterError, `identity_mismatch` when it is another cluster */
  async verify(
    connection: ClusterConnection,
    expectedUid: string,
    signal: AbortSignal,
  ): Promise<void> {
    const uid = await this.read(connection, signal);
    if (uid !== expectedUid) {
      const { clusterName } = connection;
      throw new ClusterError({
        code: 'identity_mismatch',
        clusterName,
        message: `Cluster ${clusterName} is another cluster than the one whose data is stored under this name (kube-system has UID ${uid}, expected ${expectedUid}); nothing is written until the list of clusters is read again`,
      });
    }
  }
}
