import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CollectMetrics } from './CollectMetrics';
import type { ClusterListing, ClusterSource } from './connection/ClusterSource';
import type { JobStore } from './queue/JobStore';
import type { ClusterStore } from './store/ClusterStore';
import type { ClusterListChanges } from './store/syncClusterList';

/** Problems of a list that do not make it doubtful what it leaves out. */
const HARMLESS: ReadonlySet<string> = new Set(['duplicate_name']);

/**
 * Keeps clusters and jobs in step with the cluster list of the Kubernetes
 * plugin. A list that fails is put on record and changes nothing.
 */
export class ClusterSync {
  private failing = false;

  constructor(
    private readonly options: {
      logger: LoggerService;
      metrics: Pick<CollectMetrics, 'clusterListRead'>;
      source: Pick<ClusterSource, 'listClusters'>;
      clusters: ClusterStore;
      jobs: JobStore;
      /** How long a cluster may be missing before it is given up. */
      graceMs: number;
    },
  ) {}

  /** Runs again and again, on one replica at a time. */
  async schedule(
    scheduler: SchedulerService,
    intervalMs: number,
  ): Promise<void> {
    await scheduler.scheduleTask({
      id: 'platform-cluster-sync',
      scope: 'global',
      frequency: { milliseconds: intervalMs },
      timeout: { minutes: 5 },
      fn: () => this.sync(),
    });
  }

  /** Reads the list once. */
  async sync(): Promise<void> {
    const { source, clusters, jobs, graceMs, logger, metrics } = this.options;
    let listing: ClusterListing;
    try {
      listing = await source.listClusters();
    } catch (error) {
      metrics.clusterListRead('error');
      await clusters.listFailed((error as Error).message);
      if (!this.failing) {
        this.failing = true;
        logger.warn(
          'The list of clusters could not be read; what is known of them is kept',
          error as Error,
        );
      }
      return;
    }
    if (this.failing) {
      this.failing = false;
      logger.info('The list of clusters can be read again');
    }
    const { problems } = listing;
    metrics.clusterListRead(problems.length > 0 ? 'partial' : 'success');
    const changes = await clusters.syncList(listing.clusters, {
      healthy: problems.every(({ code }) => HARMLESS.has(code)),
      problem: problems.map(({ message }) => message).join('; ') || undefined,
      graceMs,
    });
    await jobs.sync();
    this.log(changes);
  }

  private log(changes: ClusterListChanges) {
    const told = Object.entries(changes)
      .filter(([, names]) => names.length > 0)
      .map(([what, names]) => `${what} ${names.join(', ')}`);
    if (told.length > 0) {
      this.options.logger.info(`List of clusters: ${told.join('; ')}`);
    }
  }
}
