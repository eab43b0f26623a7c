import type { Knex } from 'knex';
import limiter from 'p-limit';
import { ownTurn } from '../eventLoop';
import type { DatabaseOutage } from './DatabaseOutage';
import { limitIdleTime, retryOnDeadlock } from './dialect';

/**
 * The collector's way to the database, one per replica.
 *
 * @remarks
 * The slots share the plugin's connection pool with the pages, so their writes
 * go one after the other through one connection. Everything waits through
 * outages of the database, and is repeated after them and after deadlocks: it
 * must be safe to repeat.
 *
 * A process that stands still in the middle of a transaction, or whose machine
 * is gone without a word, keeps its locks as long as the database waits for it.
 * Others that take its work over would wait with it, so it does not wait long.
 */
export class CollectorDatabase {
  private readonly limit = limiter(1);

  constructor(
    private readonly options: {
      knex: Knex;
      outage: DatabaseOutage;
      /** Ends the waiting for a database that is away, at shutdown. */
      signal: AbortSignal;
      /** How long the locks of a process that stands still are kept. */
      idleTransactionMs: number;
    },
  ) {}

  /** Runs a statement that is not part of a longer transaction. */
  read<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
    const { knex, outage, signal } = this.options;
    return outage.ride(() => work(knex), signal);
  }

  /** Runs `work` in a transaction of its own, after all earlier writes. */
  write<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    const { knex, outage, signal, idleTransactionMs } = this.options;
    const run = () =>
      knex.transaction(async tx => {
        await limitIdleTime(tx, idleTransactionMs);
        return work(tx);
      });
    return this.limit(async () => {
      // SQLite answers without ever giving the event loop back.
      await ownTurn();
      return outage.ride(() => retryOnDeadlock(run), signal);
    });
  }
}
