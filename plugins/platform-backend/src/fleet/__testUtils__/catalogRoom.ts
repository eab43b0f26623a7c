import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { RecordedCatalogMetrics } from '../../catalog/__testUtils__/RecordedCatalogMetrics';
import { ScriptedCatalog } from '../../catalog/__testUtils__/scriptedCatalog';
import { CatalogStore } from '../../catalog/CatalogStore';
import { CatalogSync } from '../../catalog/CatalogSync';
import { OwnershipSweep } from '../ownership/OwnershipSweep';
import type { fleetRoom } from './fleetFixture';

/** A catalog beside a fleet room, and what follows it. */
export function catalogRoom(
  knex: Knex,
  room: Pick<
    ReturnType<typeof fleetRoom>,
    'owners' | 'ownership' | 'attributes'
  >,
) {
  const catalog = new ScriptedCatalog();
  const store = new CatalogStore({ knex });
  const logger = mockServices.logger.mock();
  const metrics = new RecordedCatalogMetrics();
  const sweep = new OwnershipSweep({
    knex,
    owners: room.owners,
    updates: room.ownership,
  });
  const sweeps: Array<{ all: boolean; decided: number }> = [];
  const sync = new CatalogSync({
    knex,
    logger,
    metrics,
    auth: catalog.auth,
    catalog: catalog.service,
    events: catalog.events,
    scheduler: mockServices.scheduler.mock(),
    store,
    refreshMs: 600_000,
    clustersChanged: tx => room.attributes.refresh(tx),
    sweep: async (changed, signal) => {
      const result = await sweep.run(changed, signal);
      sweeps.push({ all: changed === 'all', ...result });
      return result;
    },
  });
  return { catalog, store, sync, sweeps, logger, metrics };
}
