import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import type { Knex } from 'knex';

/** What the statements of one shape cost together. */
export interface StatementCost {
  /** The SQL, without its values. */
  sql: string;
  count: number;
  /** From handing the statement to the driver to its answer. */
  ms: number;
}

const TIMED_PLUGIN = 'platform';
/** Long lists of values and of rows make one shape each. */
const SQL_LENGTH = 160;

/** Adds up what the statements of a plugin cost. */
export class StatementClock {
  private readonly costs = new Map<string, StatementCost>();
  private readonly begun = new Map<string, number>();

  /** Listens to every statement of a connection pool. */
  follow(knex: Knex): void {
    const ended = (
      _: unknown,
      query: { __knexQueryUid: string; sql: string },
    ) => this.end(query);
    knex.on('query', ({ __knexQueryUid }) => {
      this.begun.set(__knexQueryUid, performance.now());
    });
    knex.on('query-response', ended);
    knex.on('query-error', ended);
  }

  /** The dearest first. */
  read(): StatementCost[] {
    return [...this.costs.values()].sort((a, b) => b.ms - a.ms);
  }

  reset(): void {
    this.costs.clear();
  }

  private end({
    __knexQueryUid,
    sql,
  }: {
    __knexQueryUid: string;
    sql: string;
  }) {
    const began = this.begun.get(__knexQueryUid);
    if (began === undefined) return;
    this.begun.delete(__knexQueryUid);
    const shape = sql.slice(0, SQL_LENGTH);
    const cost = this.costs.get(shape) ?? { sql: shape, count: 0, ms: 0 };
    cost.count += 1;
    cost.ms += performance.now() - began;
    this.costs.set(shape, cost);
  }
}

/** The clock of this process. */
export const statementClock = new StatementClock();

/** The databases of Backstage; the statements of Roadbed are timed. */
export const timedDatabase = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    rootLogger: coreServices.rootLogger,
    rootLifecycle: coreServices.rootLifecycle,
    plugin: coreServices.pluginMetadata,
    logger: coreServices.logger,
    lifecycle: coreServices.lifecycle,
  },
  async createRootContext({ config, rootLogger, rootLifecycle }) {
    return DatabaseManager.fromConfig(config, { rootLogger, rootLifecycle });
  },
  async factory({ plugin, logger, lifecycle }, manager) {
    const database = manager.forPlugin(plugin.getId(), { logger, lifecycle });
    if (plugin.getId() !== TIMED_PLUGIN) return database;
    let timed: Promise<Knex> | undefined;
    return {
      ...database,
      getClient: () => {
        timed ??= database.getClient().then(knex => {
          statementClock.follow(knex);
          return knex;
        });
        return timed;
      },
    };
  },
});
