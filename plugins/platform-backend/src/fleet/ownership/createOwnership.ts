import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { Collector } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import type { CatalogMetrics } from '../../catalog/CatalogMetrics';
import { CatalogIndex } from '../../catalog/CatalogIndex';
import { CatalogStore } from '../../catalog/CatalogStore';
import { CatalogSync } from '../../catalog/CatalogSync';
import type { PlatformConfig } from '../../config/platformConfig';
import { ClusterAttributes } from '../attributes/ClusterAttributes';
import type { FleetDecisions } from '../FleetReadModel';
import { OwnershipStore } from './OwnershipStore';
import { OwnershipSweep } from './OwnershipSweep';
import { OwnershipUpdates } from './OwnershipUpdates';
import { WorkloadOwners } from './WorkloadOwners';

/** What decides about owners and attributes, and keeps up with the catalog. */
export interface Ownership {
  decisions: FleetDecisions;
  catalog: CatalogStore;
  index: CatalogIndex;
  store: OwnershipStore;
  sync: CatalogSync;
}

/** Puts together what ownership needs. */
export function createOwnership(options: {
  knex: Knex;
  logger: LoggerService;
  metrics: CatalogMetrics;
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
  scheduler: SchedulerService;
  collectors: readonly Collector[];
  config: Pick<PlatformConfig, 'catalog' | 'fleet'>;
}): Ownership {
  const { knex, config, collectors } = options;
  const catalog = new CatalogStore({ knex });
  const index = new CatalogIndex({ store: catalog, knex });
  const owners = new WorkloadOwners({
    index,
    kinds: collectorsByKind(collectors),
  });
  const updates = new OwnershipUpdates({ owners });
  const attributes = new ClusterAttributes({
    catalog,
    logger: options.logger,
    clusters: config.fleet.clusters,
  });
  const sweep = new OwnershipSweep({ knex, owners, updates });
  return {
    decisions: { owners, ownership: updates, attributes },
    catalog,
    index,
    store: new OwnershipStore({ knex }),
    sync: new CatalogSync({
      ...options,
      store: catalog,
      refreshMs: config.catalog.refresh,
      clusterLocations: config.catalog.clusterLocations,
      clustersChanged: tx => attributes.refresh(tx),
      sweep: (changed, signal) => sweep.run(changed, signal),
    }),
  };
}

/** Where to look for an owner of a kind; rows that are sums are no objects. */
function collectorsByKind(
  collectors: readonly Collector[],
): ReadonlyMap<string, string> {
  return new Map(
    collectors.flatMap(collector =>
      collector.type === 'list' && !collector.aggregate
        ? [[collector.resource.kind, collector.id] as const]
        : [],
    ),
  );
}
