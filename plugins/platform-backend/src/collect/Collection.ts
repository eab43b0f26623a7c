import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Collector } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { DEFAULT_LIST_BOUNDS } from './bounds';
import { readIdentity } from './clusterIdentity';
import { ClusterSync } from './ClusterSync';
import { CollectRunner } from './CollectRunner';
import type { CollectMetrics } from './CollectMetrics';
import type { ClusterSource } from './connection/ClusterSource';
import type { ServedApis } from './list/resourcePath';
import type { ObservationListener } from './observations';
import { BreakerStore } from './queue/BreakerStore';
import { CollectLoop, type LoopState } from './queue/CollectLoop';
import { CollectSchedule, DISCOVERY } from './queue/CollectSchedule';
import { CycleLog } from './queue/CycleLog';
import { Housekeeping } from './queue/Housekeeping';
import { JobRunner } from './queue/JobRunner';
import { JobStore } from './queue/JobStore';
import { LeaseStore, type QueueState } from './queue/LeaseStore';
import { RunRecorder } from './queue/RunRecorder';
import { ClusterStore } from './store/ClusterStore';
import { CollectorDatabase } from './store/CollectorDatabase';
import { CoverageStore } from './store/CoverageStore';
import { DatabaseObservationStore } from './store/DatabaseObservationStore';
import { DatabaseOutage } from './store/DatabaseOutage';
import { parseJson } from './store/dialect';
import { HistoryStore } from './store/HistoryStore';
import { LedgerStore } from './store/LedgerStore';
import { RetentionStore } from './store/RetentionStore';
import type { ObservedObjectRow } from './store/tables';

/** Three renewals in a row must fail before a lease runs out. */
const RENEWALS_PER_LEASE = 4;
const POLL_MS = 1_000;
const CYCLE_MS = 300_000;
/** One failed attempt is not an outage of a cluster, three in a row are. */
const BREAKER_THRESHOLD = 3;
/** Of each cluster: 300 clusters × 20 collectors × 200 are 1.2 million rows. */
const RUNS_PER_COLLECTOR = 200;

/** The settings of collection; durations in milliseconds. */
export interface CollectionSettings {
  slotsPerReplica: number;
  requestsPerCluster: number;
  clusterListInterval: number;
  missingClusterGrace: number;
  jobBudget: number;
  lease: number;
  maxObjectsPerList: number;
  retention: { runs: number; history: number; replacedClusters: number };
}

/** The way in, put together: from the list of clusters to the observed tables. */
export class Collection {
  readonly ledger: LedgerStore;
  readonly history: HistoryStore;
  /** This process; no other has the same. */
  readonly replicaId = `${hostname()}-${process.pid}-${randomUUID().slice(
    0,
    8,
  )}`;
  readonly #outage: DatabaseOutage;
  readonly #breakers = new BreakerStore({ threshold: BREAKER_THRESHOLD });
  readonly #stopped = new AbortController();
  readonly #leases: LeaseStore;
  readonly #loop: CollectLoop;
  readonly #sync: ClusterSync;
  readonly #housekeeping: Housekeeping;

  constructor(
    private readonly options: {
      knex: Knex;
      logger: LoggerService;
      metrics: CollectMetrics;
      scheduler: SchedulerService;
      source: ClusterSource;
      collectors: Array<{ collector: Collector; cadenceMs: number }>;
      /** The rooms that want to know of changes. */
      listeners: ObservationListener[];
      /** Told in the transaction of every change of the list of clusters. */
      clustersChanged(tx: Knex.Transaction): Promise<void>;
      settings: CollectionSettings;
    },
  ) {
    const { knex, logger, metrics, source, settings } = options;
    const outage = new DatabaseOutage({ logger });
    this.#outage = outage;
    const { signal } = this.#stopped;
    const database = new CollectorDatabase({
      knex,
      outage,
      signal,
      // Whoever takes over when a lease has run out finds no locks.
      idleTransactionMs: settings.lease / 2,
    });
    const coverage = new CoverageStore({ knex });
    const clusters = new ClusterStore({
      database,
      changed: options.clustersChanged,
    });
    const ids = options.collectors.map(({ collector }) => collector.id);
    const jobs = new JobStore({ database, collectors: ids });
    this.ledger = new LedgerStore({ knex });
    this.history = new HistoryStore({ database });
    this.#leases = new LeaseStore({
      database,
      owner: this.replicaId,
      collectors: ids,
      leaseMs: settings.lease,
      perClusterCap: settings.requestsPerCluster,
    });
    const runner = new CollectRunner({
      collectors: options.collectors.map(({ collector }) => collector),
      observations: new DatabaseObservationStore({
        database,
        coverage,
        listeners: options.listeners,
        maxRows: settings.maxObjectsPerList,
      }),
      listBounds: {
        ...DEFAULT_LIST_BOUNDS,
        maxObjects: settings.maxObjectsPerList,
      },
      servedApis: clusterId => readServedApis(knex, clusterId),
    });
    const renewMs = settings.lease / RENEWALS_PER_LEASE;
    this.#loop = new CollectLoop({
      logger,
      metrics,
      outage,
      cycles: new CycleLog({ logger, intervalMs: CYCLE_MS }),
      slots: settings.slotsPerReplica,
      pollMs: POLL_MS,
      visits: {
        entry: {
          logger,
          connect: name => source.connect(name),
          readIdentity,
          clusters,
          jobs,
        },
        leases: this.#leases,
        renewMs,
        runner: new JobRunner({
          logger,
          runJob: job => runner.run(job),
          leases: this.#leases,
          budgetMs: settings.jobBudget,
          renewMs,
        }),
        recorder: new RunRecorder({
          database,
          ledger: this.ledger,
          coverage,
          breakers: this.#breakers,
          schedule: new CollectSchedule(
            options.collectors.map(({ collector: { id }, cadenceMs }) => ({
              id,
              cadenceMs,
            })),
          ),
          replica: this.replicaId,
        }),
      },
    });
    this.#sync = new ClusterSync({
      logger,
      metrics,
      source,
      clusters,
      jobs,
      graceMs: settings.missingClusterGrace,
    });
    this.#housekeeping = new Housekeeping({
      logger,
      history: this.history,
      retention: new RetentionStore({ database }),
      policy: {
        runsMaxAgeMs: settings.retention.runs,
        runsPerCollector: RUNS_PER_COLLECTOR,
        formerClustersMaxAgeMs: settings.retention.replacedClusters,
        historyMaxAgeMs: settings.retention.history,
      },
    });
  }

  /** Begins to collect. */
  async start(): Promise<void> {
    const { scheduler, settings } = this.options;
    // At once, not when the schedule of another replica says so.
    await this.#sync.sync();
    await this.#sync.schedule(scheduler, settings.clusterListInterval);
    await this.#housekeeping.schedule(scheduler);
    this.#loop.start();
  }

  /** Ends what is running and gives its leases back. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    this.#stopped.abort();
  }

  /** How full the queue is. */
  queue(): Promise<QueueState> {
    return this.#leases.state();
  }

  /** How many clusters are only probed. */
  openBreakers(): Promise<number> {
    return this.#breakers.countOpen(this.options.knex);
  }

  /** How this process gets on with its work. */
  loop(): LoopState {
    return this.#loop.state();
  }

  /** How collection gets on with the database. */
  database(): { away: boolean; outages: number } {
    return { away: this.#outage.active, outages: this.#outage.count };
  }
}

/** What discovery found last in a cluster. */
async function readServedApis(
  knex: Knex,
  clusterId: number,
): Promise<ServedApis | undefined> {
  const row = await knex<ObservedObjectRow>('observed_objects')
    .where({ cluster_id: clusterId, collector: DISCOVERY, key: 'apis' })
    .first('doc');
  return row && (parseJson(row.doc) as ServedApis);
}
