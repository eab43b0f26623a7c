import type { LoggerService } from '@backstage/backend-plugin-api';
import { MAX_IDENTITIES_PER_DAY } from '../bounds';
import type { ClusterConnection } from '../ClusterConnection';
import { ClusterError } from '../ClusterError';
import { type Lease, LeaseLostError } from '../lease';
import type { IdentityBinding } from '../store/bindIdentity';
import type { ClusterStore } from '../store/ClusterStore';
import type { JobStore } from './JobStore';
import type { JobTerm } from './JobTerm';
import type { RunProblem } from './RunJob';

/** Reads the UID of the kube-system namespace. @throws ClusterError */
export type ReadIdentity = (
  connection: ClusterConnection,
  signal: AbortSignal,
) => Promise<string>;

/** What a replica needs to get into clusters. */
export interface EntryOptions {
  logger: LoggerService;
  connect(clusterName: string): Promise<ClusterConnection>;
  readIdentity: ReadIdentity;
  clusters: ClusterStore;
  jobs: JobStore;
}

/**
 * How long an identity holds that was read. Most visits are shorter and read it
 * once; a name that moves during a longer one is noticed after so long.
 */
const IDENTITY_MS = 2_000;

/** The way into a cluster, or why its name leads somewhere else. */
export type Entered =
  | { connection: ClusterConnection }
  | { problem: RunProblem };

/**
 * The way into one cluster for the runs of a visit: a connection, and that it
 * leads to the cluster that the row is of.
 */
export class ClusterEntry {
  private entered: { connection: ClusterConnection; at: number } | undefined;

  constructor(private readonly options: EntryOptions) {}

  /** Whether the way in was open when it was last tried. */
  get isOpen(): boolean {
    return this.entered !== undefined;
  }

  /**
   * @throws ClusterError when there is no way in, or no answer; LeaseLostError
   *   when the row was replaced or given up
   */
  async enter(lease: Lease, term: JobTerm): Promise<Entered> {
    if (this.entered && performance.now() - this.entered.at < IDENTITY_MS) {
      return this.entered;
    }
    this.entered = undefined;
    const { connect, readIdentity, clusters } = this.options;
    const connection = await term.within(() => connect(lease.clusterName));
    const at = performance.now();
    const uid = await term.within(() =>
      readIdentity(connection, term.signal).catch(error =>
        this.withoutIdentity(lease.clusterId, error),
      ),
    );
    if (uid !== undefined) {
      const binding = await clusters.bindIdentity(lease.clusterId, uid);
      const problem = await this.otherCluster(lease, binding);
      if (problem) {
        return { problem };
      }
    }
    this.entered = { connection, at };
    return this.entered;
  }

  /**
   * A cluster whose kube-system namespace may not be read can be collected
   * without an identity, but only as long as it never had one: from then on
   * there is something it could be mixed up with.
   */
  private async withoutIdentity(
    clusterId: number,
    error: unknown,
  ): Promise<undefined> {
    if (error instanceof ClusterError && error.code === 'forbidden') {
      const cluster = await this.options.clusters.get(clusterId);
      if (cluster.uid === null) {
        return undefined;
      }
    }
    throw error;
  }

  /** What keeps jobs from running when their cluster's name leads elsewhere. */
  private async otherCluster(
    lease: Lease,
    binding: IdentityBinding,
  ): Promise<RunProblem | undefined> {
    const { jobs, logger } = this.options;
    switch (binding.outcome) {
      case 'same':
        return undefined;
      case 'bound':
        // It may have been a duplicate until now, with one job only.
        await jobs.sync([binding.clusterId]);
        return undefined;
      case 'gone':
        throw new LeaseLostError(lease);
      case 'unsettled':
        return {
          code: 'identity_mismatch',
          message: `The name ${lease.clusterName} led to ${MAX_IDENTITIES_PER_DAY} clusters within a day and now to yet another one (another kube-system UID), which is not followed; what was collected before is kept. Check which clusters answer at the URL of ${lease.clusterName}: behind one load balancer there must be one cluster`,
        };
      case 'replaced': {
        await jobs.sync([lease.clusterId, binding.clusterId]);
        const message = `The name ${lease.clusterName} leads to another cluster now (another kube-system UID); what was collected before is kept apart`;
        logger.warn(message);
        return { code: 'identity_mismatch', message };
      }
      default:
        await jobs.sync([lease.clusterId, binding.clusterId]);
        return {
          code: 'duplicate',
          // Who may read this may not see that other cluster, so it is not named.
          message: `${lease.clusterName} is a cluster that is collected under another name (same kube-system UID)`,
        };
    }
  }
}
