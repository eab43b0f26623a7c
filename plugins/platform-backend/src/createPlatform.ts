import type {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { durationToMilliseconds } from '@backstage/types';
import type {
  ClusterLending,
  Collector,
} from '@roadbed/backstage-plugin-platform-node';
import type { Router } from 'express';
import { Collection } from './collect/Collection';
import { KubernetesClusterSource } from './collect/connection/KubernetesClusterSource';
import { CollectRequests } from './collect/queue/CollectRequests';
import { lendingFor } from './config/clusterAccess';
import {
  readPlatformConfig,
  type PlatformConfig,
} from './config/platformConfig';
import { Callers } from './fleet/access/Callers';
import { registerPermissions } from './fleet/access/registerPermissions';
import { CollectionService } from './fleet/CollectionService';
import { CollectNow } from './fleet/CollectNow';
import { ClusterBriefStore } from './fleet/ClusterBriefStore';
import { FleetReadModel } from './fleet/FleetReadModel';
import { FleetService } from './fleet/FleetService';
import { FleetStore } from './fleet/FleetStore';
import { createOwnership } from './fleet/ownership/createOwnership';
import { OwnershipService } from './fleet/ownership/OwnershipService';
import { WorkloadService } from './fleet/WorkloadService';
import { WorkloadStore } from './fleet/WorkloadStore';
import { createRouter } from './http/createRouter';
import { Cursors } from './http/Cursors';
import { sharedSecret } from './http/sharedSecret';
import { HealthService } from './health/HealthService';
import { createMetrics } from './observability/createMetrics';
import { createPlatformState } from './observability/createPlatformState';
import { observeState } from './observability/observeState';
import { openDatabase } from './openDatabase';

/** The running backend. */
export interface Platform {
  router: Router;
  /** Begins to collect. */
  start(): Promise<void>;
  /** Ends what is running and gives its leases back. */
  stop(): Promise<void>;
}

/** Puts the rooms together; the only place that knows them all. */
export async function createPlatform(services: {
  auditor: AuditorService;
  auth: AuthService;
  config: RootConfigService;
  database: DatabaseService;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  catalog: CatalogService;
  events: EventsService;
  lending: ClusterLending;
  logger: LoggerService;
  metrics: MetricsService;
  scheduler: SchedulerService;
  collectors: Collector[];
}): Promise<Platform> {
  const { auth, discovery, lending, logger, scheduler } = services;
  const config = readPlatformConfig(
    services.config,
    services.collectors.map(({ id }) => id),
  );
  const collectors = services.collectors
    .filter(({ id }) => !config.collect.disabled.includes(id))
    .map(collector => ({
      collector,
      cadenceMs: cadenceOf(collector, config.collect),
    }));

  const ids = collectors.map(({ collector }) => collector.id);
  const metrics = createMetrics(services.metrics);

  const knex = await openDatabase(services);
  const source = KubernetesClusterSource.create({
    lending: lendingFor(config.collect.access, lending),
    auth,
    discovery,
    config: services.config,
    bounds: {
      connectTimeoutMs: config.collect.connectTimeout,
      headersTimeoutMs: config.collect.requestTimeout,
      bodyTimeoutMs: config.collect.requestTimeout,
      connections: config.collect.requestsPerCluster,
    },
  });
  const ownership = createOwnership({
    ...services,
    metrics: metrics.catalog,
    knex,
    config,
    collectors: collectors.map(({ collector }) => collector),
  });
  const collection = new Collection({
    knex,
    logger,
    metrics: metrics.collect,
    scheduler,
    source,
    collectors,
    listeners: [
      new FleetReadModel({ collectors: ids, ...ownership.decisions }),
    ],
    clustersChanged: tx => ownership.decisions.attributes.refresh(tx),
    settings: { ...config.collect, retention: config.retention },
  });
  const fleetStore = new FleetStore({ knex });
  const workloads = new WorkloadStore({ knex, collectors: ids });
  const cursors = new Cursors(await sharedSecret(knex, 'cursors'));
  const fleet = new FleetService({
    fleet: fleetStore,
    briefs: new ClusterBriefStore({ knex }),
    workloads,
    catalog: ownership.catalog,
    history: collection.history,
    cursors,
    collectors: collectors.map(({ collector: { id, title }, cadenceMs }) => ({
      id,
      title,
      cadenceMs,
    })),
  });
  const workloadService = new WorkloadService({
    fleet,
    workloads,
    owners: ownership.store,
    cursors,
  });
  const stopObserving = observeState({
    metrics: services.metrics,
    logger,
    state: createPlatformState({
      collection,
      store: fleetStore,
      fleet,
      catalog: ownership.catalog,
    }),
  });
  const callers = new Callers(services);
  registerPermissions({
    permissionsRegistry: services.permissionsRegistry,
    knex,
  });
  return {
    router: createRouter({
      httpAuth: services.httpAuth,
      discovery,
      logger,
      callers,
      auditor: services.auditor,
      metrics: metrics.http,
      health: new HealthService({
        logger,
        fleet,
        store: fleetStore,
        catalog: ownership.catalog,
        collection,
        configuredNames: config.fleet.clusters.map(({ name }) => name),
        clusterListIntervalMs: config.collect.clusterListInterval,
        catalogRefreshMs: config.catalog.refresh,
        jobBudgetMs: config.collect.jobBudget,
      }),
      fleet: {
        clusters: fleet,
        workloads: workloadService,
        collections: new CollectionService({
          ledger: collection.ledger,
          cursors,
        }),
        ownership: new OwnershipService({
          fleet,
          workloadService,
          workloads,
          owners: ownership.store,
          catalog: ownership.catalog,
          index: ownership.index,
          cursors,
        }),
        collectNow: new CollectNow({
          fleet: fleetStore,
          requests: new CollectRequests({ knex }),
          callers,
        }),
      },
    }),
    async start() {
      await ownership.sync.start();
      await collection.start();
    },
    async stop() {
      stopObserving();
      await ownership.sync.stop();
      await collection.stop();
      await source.close();
    },
  };
}

function cadenceOf(
  collector: Collector,
  config: PlatformConfig['collect'],
): number {
  return (
    config.cadence[collector.id] ?? durationToMilliseconds(collector.cadence)
  );
}
