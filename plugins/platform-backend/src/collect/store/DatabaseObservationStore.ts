import { DEFAULT_LIST_BOUNDS } from '../bounds';
import type { Lease } from '../lease';
import type {
  ListWriter,
  ObservationListener,
  ObservationStore,
} from '../observations';
import type { CoverageStore } from './CoverageStore';
import { DatabaseListWriter } from './DatabaseListWriter';
import type { ObservedObjectRow } from './tables';
import type { CollectorDatabase } from './CollectorDatabase';

/**
 * The observed tables: keeps the present objects of every cluster, and writes
 * only what differs from what is stored.
 */
export class DatabaseObservationStore implements ObservationStore {
  constructor(
    private readonly options: {
      database: CollectorDatabase;
      coverage: CoverageStore;
      /** Told of every change, in order, in the transaction that makes it. */
      listeners: readonly ObservationListener[];
      /** Rows that may be stored of one collector and cluster. */
      maxRows?: number;
    },
  ) {}

  async beginList(lease: Lease): Promise<ListWriter> {
    // Nobody else writes these rows while the lease holds, and the lease is
    // checked by every write that builds on what is read here.
    const rows = await this.options.database.read(knex =>
      knex<ObservedObjectRow>('observed_objects')
        .where({ cluster_id: lease.clusterId, collector: lease.collector })
        .select('key', 'hash'),
    );
    return new DatabaseListWriter({
      maxRows: DEFAULT_LIST_BOUNDS.maxObjects,
      ...this.options,
      lease,
      stored: new Map(rows.map(({ key, hash }) => [key, hash])),
    });
  }
}
