import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  startPostgres,
  temporaryFolder,
  type PostgresServer,
} from '@roadbed/test-servers';
import knexFactory, { type Knex } from 'knex';
import type { Client } from 'pg';

/** The two databases that everything is measured on. */
export const DATABASE_KINDS = ['sqlite', 'postgres'] as const;

/** One of {@link DATABASE_KINDS}. */
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** The plugin that the tables belong to; Backstage gives each a database of its own. */
const PLUGIN_ID = 'platform';

/** A database server or a folder of files for one or several backends. */
export interface Database {
  kind: DatabaseKind;
  /** `backend.database` of the configuration. */
  config: object;
  /** How many backends can share it. */
  maxReplicas: number;
  /** Present for Postgres: to hurt it. */
  server?: PostgresServer;
  /** Opens the tables of Roadbed, beside the backends that use them. */
  open(): Promise<Knex>;
  /** What the driver needs to open them without knex. */
  driver: { filename: string } | { connectionString: string };
  stop(): Promise<void>;
}

/** Makes an empty database of a kind. */
export async function createDatabase(kind: DatabaseKind): Promise<Database> {
  return kind === 'postgres' ? await createPostgres() : await createSqlite();
}

async function createPostgres(): Promise<Database> {
  const server = await startPostgres({
    settings: {
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track_planning': 'on',
    },
  });
  const { host, port, user, password } = server;
  const connection = { host, port, user, password };
  const name = `backstage_plugin_${PLUGIN_ID}`;
  return {
    kind: 'postgres',
    config: { client: 'pg', connection },
    maxReplicas: Number.POSITIVE_INFINITY,
    server,
    driver: {
      connectionString: `postgresql://${user}:${password}@${host}:${port}/${name}`,
    },
    open: async () =>
      knexFactory({
        client: 'pg',
        connection: { ...connection, database: name },
        pool: {
          min: 0,
          max: 2,
          // What the benchmarks ask is not what the replicas cost.
          afterCreate: (client: Client, done: (error?: Error) => void) => {
            client
              .query('set pg_stat_statements.track = none')
              .then(() => done(), done);
          },
        },
      }),
    stop: () => server.stop(),
  };
}

async function createSqlite(): Promise<Database> {
  const directory = await temporaryFolder('bench');
  const filename = join(directory, `${PLUGIN_ID}.sqlite`);
  return {
    kind: 'sqlite',
    config: { client: 'better-sqlite3', connection: { directory } },
    maxReplicas: 1,
    driver: { filename },
    open: async () =>
      knexFactory({
        client: 'better-sqlite3',
        connection: { filename },
        useNullAsDefault: true,
      }),
    stop: () => rm(directory, { recursive: true, force: true }),
  };
}
