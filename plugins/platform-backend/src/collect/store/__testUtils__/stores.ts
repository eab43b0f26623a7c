import { mockServices } from '@backstage/backend-test-utils';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import type { ObservationListener } from '../../observations';
import { CoverageStore } from '../CoverageStore';
import { DatabaseObservationStore } from '../DatabaseObservationStore';
import { DatabaseOutage } from '../DatabaseOutage';
import { parseJson } from '../dialect';
import type { ObservedObjectRow } from '../tables';
import { CollectorDatabase } from '../CollectorDatabase';

/** One replica's stores over a database. */
export function createStores(
  knex: Knex,
  listeners: ObservationListener[] = [],
  options: { idleTransactionMs?: number } = {},
) {
  const logger = mockServices.logger.mock();
  const outage = new DatabaseOutage({ logger });
  const signal = new AbortController().signal;
  const database = new CollectorDatabase({
    knex,
    outage,
    signal,
    idleTransactionMs: options.idleTransactionMs ?? 60_000,
  });
  const coverage = new CoverageStore({ knex });
  return {
    logger,
    outage,
    database,
    coverage,
    observations: new DatabaseObservationStore({
      database,
      coverage,
      listeners,
    }),
  };
}

/** An object of a list whose document says what `value` says. */
export function observed(key: string, value: unknown = 1): ObservedObject {
  return {
    key,
    namespace: 'shop',
    name: `name-of-${key}`,
    doc: { value } as ObservedObject['doc'],
  };
}

/** What is stored of one collector of one cluster: key to document. */
export async function storedDocs(
  knex: Knex,
  job: { clusterId: number; collector?: string },
): Promise<Record<string, object>> {
  const rows = await knex<ObservedObjectRow>('observed_objects')
    .where({
      cluster_id: job.clusterId,
      collector: job.collector ?? 'deployments',
    })
    .orderBy('key');
  return Object.fromEntries(rows.map(row => [row.key, parseJson(row.doc)]));
}
