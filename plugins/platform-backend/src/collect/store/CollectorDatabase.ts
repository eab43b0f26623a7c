import type { Knex } from 'knex';
import limiter from 'p-limit';
import type { DatabaseOutage } from './DatabaseOutage';
import { retryOnDeadlock } from './dialect';

/**
 * The collector's way to the database, one per replica.
 *
 * @remarks
 * The slots share the plugin's connection pool with the pages, so their writes
 * go one after the other through one connection. Everything waits through
 * outages of the database, and is repeated after them and after deadlocks: it
 * must be safe to repeat.
 */
export class CollectorDatabase {
  private readonly limit = limiter(1);

  constructor(
    private readonly options: {
      knex: Knex;
      outage: DatabaseOutage;
      /** Ends the waiting for a database that is away, at shutdown. */
      signal: AbortSignal;
    },
  ) {}

  /** Runs a statement that is not part of a longer transaction. */
  read<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
    const { knex, outage, signal } = this.options;
    return outage.ride(() => work(knex), signal);
  }

  /** Runs `work` in a transaction of its own, after all earlier writes. */
  write<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    const { knex, outage, signal } = this.options;
    return this.limit(() =>
      outage.ride(() => retryOnDeadlock(() => knex.transaction(work)), signal),
    );
  }
}
