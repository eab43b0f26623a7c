import type { CatalogStore } from '../catalog/CatalogStore';
import type { Collection } from '../collect/Collection';
import { ALL_CLUSTERS } from '../fleet/access/Caller';
import type { FleetService } from '../fleet/FleetService';
import type { FleetStore } from '../fleet/FleetStore';
import type { PlatformState } from './PlatformState';

/** Reads the state out of the parts that have it. */
export function createPlatformState(options: {
  collection: Pick<Collection, 'loop' | 'database' | 'queue' | 'openBreakers'>;
  store: FleetStore;
  fleet: FleetService;
  catalog: CatalogStore;
}): PlatformState {
  const { collection, store, fleet, catalog } = options;
  return {
    loop: () => collection.loop(),
    database: () => collection.database(),
    async work() {
      const [queue, { now, clusterList }, { completeAt }] = await Promise.all([
        collection.queue(),
        store.listState(),
        catalog.state(),
      ]);
      return {
        queue,
        now,
        clusterListAt: clusterList.syncedAt,
        catalogAt: completeAt,
      };
    },
    async fleet() {
      const [{ clusters, ownership }, openBreakers] = await Promise.all([
        fleet.summary({ clusters: ALL_CLUSTERS }),
        collection.openBreakers(),
      ]);
      return { clusters: clusters.byState, ownership, openBreakers };
    },
  };
}
