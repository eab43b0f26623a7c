import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Health, Probe } from '@roadbed/backstage-plugin-platform-common';
import type { CatalogStore } from '../catalog/CatalogStore';
import type { LoopState } from '../collect/queue/CollectLoop';
import type { QueueState } from '../collect/queue/LeaseStore';
import type { Caller } from '../fleet/access/Caller';
import type { FleetService } from '../fleet/FleetService';
import type { FleetStore } from '../fleet/FleetStore';
import { healthReport, isReady } from './healthReport';
import { within } from './within';

/** Probes are given one to ten seconds by most. */
const PROBE_MS = 2_000;
/** Anybody may probe, as often as they like; the database is asked this often. */
const PROBE_EVERY_MS = 1_000;
/** For people, who rather wait than get no answer. */
const REPORT_MS = 10_000;

/** Whether Roadbed itself is well. */
export class HealthService {
  #unreadable = false;
  #probe: { answer: Promise<boolean>; at: number } | undefined;

  constructor(
    private readonly options: {
      logger: LoggerService;
      fleet: FleetService;
      store: FleetStore;
      catalog: CatalogStore;
      collection: {
        replicaId: string;
        loop(): LoopState;
        queue(): Promise<QueueState>;
      };
      /** Names of the clusters that the configuration speaks of. */
      configuredNames: string[];
      clusterListIntervalMs: number;
      catalogRefreshMs: number;
      jobBudgetMs: number;
    },
  ) {}

  /** That this could be called is all there is to it. */
  async live(): Promise<Probe> {
    return { status: 'ok' };
  }

  /**
   * Whether this replica serves and collects. Tells nothing else, because
   * anybody may ask.
   *
   * @throws ServiceUnavailableError when it does not
   */
  async ready(): Promise<Probe> {
    const now = performance.now();
    if (!this.#probe || now - this.#probe.at > PROBE_EVERY_MS) {
      this.#probe = { answer: this.#isReady(), at: now };
    }
    if (!(await this.#probe.answer)) {
      throw new ServiceUnavailableError(
        'Not ready; /health says why to those who may read it',
      );
    }
    return { status: 'ok' };
  }

  async #isReady(): Promise<boolean> {
    const { store, collection, logger } = this.options;
    try {
      const { clusterList } = await within(store.listState(), PROBE_MS);
      this.#unreadable = false;
      return isReady({ loop: collection.loop(), clusterList });
    } catch (error) {
      // Once per series: probes come every few seconds.
      if (!this.#unreadable) {
        this.#unreadable = true;
        logger.error('Not ready: the database can not be read', error as Error);
      }
      return false;
    }
  }

  /** Part by part, and what is wrong; counts what the caller may see. */
  async report(caller: Pick<Caller, 'clusters'>): Promise<Health> {
    const { fleet, store, catalog, collection, logger, ...settings } =
      this.options;
    const [{ now, clusterList }, catalogState, listedNames, counts, queue] =
      await within(
        Promise.all([
          store.listState(),
          catalog.state(),
          store.listedNames(),
          fleet.clusterCounts(caller),
          collection.queue(),
        ]),
        REPORT_MS,
      );
    return healthReport({
      ...settings,
      now,
      processNow: Date.now(),
      databaseClient: store.databaseClient,
      clusterList,
      catalog: catalogState,
      clusters: {
        total: counts.total,
        unreachable: counts.byState.unreachable ?? 0,
      },
      listedNames,
      queue,
      replicaId: collection.replicaId,
      loop: collection.loop(),
    });
  }
}
