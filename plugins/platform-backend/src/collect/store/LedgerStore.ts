import type { Knex } from 'knex';
import { toMillis, toText } from './dialect';
import { keysetPage, type KeysetPage, type Position } from './keysetPage';
import type { CollectRunRow, RunOutcome } from './tables';

const MAX_MESSAGE_LENGTH = 1_000;

/** One run of one collector against one cluster, as it is recorded. */
export interface RunRecord {
  /** UUID made by the replica, so that recording twice is one row. */
  id: string;
  clusterId: number;
  collector: string;
  /** Epoch milliseconds of the database clock. */
  startedAt: number;
  finishedAt: number;
  outcome: RunOutcome;
  objects: number;
  pages: number;
  requests: number;
  /** On the wire, before decompression. */
  bytes: number;
  upserted: number;
  deleted: number;
  unchanged: number;
  resourceVersion: string | null;
  code: string | null;
  /** For a person; must hold no token and no body. */
  message: string | null;
  /** Which process ran it. */
  replica: string;
  epoch: number;
}

/** A row of the ledger. */
export interface LedgerEntry extends RunRecord {
  clusterName: string;
}

/** Which rows of the ledger; a list that is left out does not filter. */
export interface LedgerFilter {
  /** Names; the former rows of a name belong to it. */
  clusters?: readonly string[];
  collectors?: readonly string[];
  outcomes?: readonly RunOutcome[];
  /** Narrows the query to the clusters that are to be seen, by the column of their id. */
  narrow?(query: Knex.QueryBuilder, clusterId: string): void;
}

/** The ledger: every run leaves one row, whatever came of it. */
export class LedgerStore {
  constructor(private readonly options: { knex: Knex }) {}

  /** Records runs that ended. Recording the same run again does nothing. */
  async insert(
    tx: Knex.Transaction,
    runs: readonly RunRecord[],
  ): Promise<void> {
    await tx('collect_runs')
      .insert(
        runs.map(run => ({
          id: run.id,
          cluster_id: run.clusterId,
          collector: run.collector,
          started_at: run.startedAt,
          finished_at: run.finishedAt,
          outcome: run.outcome,
          objects: run.objects,
          pages: run.pages,
          requests: run.requests,
          bytes: run.bytes,
          upserted: run.upserted,
          deleted: run.deleted,
          unchanged: run.unchanged,
          resource_version: run.resourceVersion,
          code: run.code,
          message:
            run.message && toText(run.message).slice(0, MAX_MESSAGE_LENGTH),
          replica: run.replica,
          epoch: run.epoch,
        })),
      )
      .onConflict('id')
      .ignore();
  }

  /** One page of the rows that pass a filter, by their start. */
  async page(options: {
    filter?: LedgerFilter;
    order: 'asc' | 'desc';
    limit: number;
    position?: Position;
  }): Promise<KeysetPage<LedgerEntry>> {
    const { filter = {}, ...page } = options;
    const { knex } = this.options;
    const result = await keysetPage<CollectRunRow & { cluster_name: string }>({
      knex,
      query: this.filtered(filter).select('r.*', { cluster_name: 'c.name' }),
      columns: ['r.started_at', 'r.id'],
      ...page,
    });
    return { ...result, rows: result.rows.map(ledgerEntry) };
  }

  /** The sort key of a row, for a cursor that points to it. */
  keyOf(entry: LedgerEntry): Position['key'] {
    return [entry.startedAt, entry.id];
  }

  /** How many rows match. */
  async count(filter: LedgerFilter): Promise<number> {
    const [{ count }] = await this.filtered(filter).count({ count: '*' });
    return Number(count);
  }

  private filtered(filter: LedgerFilter) {
    const { clusters, collectors, outcomes } = filter;
    const query = this.options
      .knex('collect_runs as r')
      .join('clusters as c', 'c.id', 'r.cluster_id');
    filter.narrow?.(query, 'r.cluster_id');
    if (clusters) {
      query.whereIn('c.name', clusters);
    }
    if (collectors) {
      query.whereIn('r.collector', collectors);
    }
    if (outcomes) {
      query.whereIn('r.outcome', outcomes);
    }
    return query;
  }
}

function ledgerEntry(
  row: CollectRunRow & { cluster_name: string },
): LedgerEntry {
  return {
    id: row.id,
    clusterId: row.cluster_id,
    clusterName: row.cluster_name,
    collector: row.collector,
    startedAt: toMillis(row.started_at),
    finishedAt: toMillis(row.finished_at),
    outcome: row.outcome,
    objects: row.objects,
    pages: row.pages,
    requests: row.requests,
    bytes: Number(row.bytes),
    upserted: row.upserted,
    deleted: row.deleted,
    unchanged: row.unchanged,
    resourceVersion: row.resource_version,
    code: row.code,
    message: row.message,
    replica: row.replica,
    epoch: Number(row.epoch),
  };
}
