import {
  type LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import type { Knex } from 'knex';
import { isPostgres } from './dialect';

/** The folder of Roadbed's migrations. */
export const migrationsDirectory = resolvePackagePath(
  '@roadbed/backstage-plugin-platform-backend',
  'migrations',
);

/**
 * Makes a database ready: settings of a SQLite file, then migrations.
 *
 * @remarks
 * All pending migrations run in one transaction, so a failure leaves the
 * database as it was. Replicas that start at the same time wait for each other.
 *
 * @throws ForwardedError naming what to do when a migration fails
 */
export async function prepareDatabase(options: {
  knex: Knex;
  logger: LoggerService;
  /** `database.migrations?.skip` of the database service. */
  skipMigrations?: boolean;
}): Promise<void> {
  const { knex, logger, skipMigrations } = options;
  await tuneSqliteFile(knex, logger);
  if (skipMigrations) {
    return;
  }
  try {
    await inTurn(knex, () =>
      knex.migrate.latest({ directory: migrationsDirectory }),
    );
  } catch (error) {
    throw new ForwardedError(
      'The database of the platform plugin could not be migrated and was left as it was. ' +
        'Fix the cause below and start again; if the database was used by a newer version of Roadbed, start that version',
      error,
    );
  }
}

/**
 * Lets one replica at a time migrate. Knex's own lock row is no help here: it
 * lies inside the transaction that it should guard, and its table may not
 * exist yet.
 */
async function inTurn(knex: Knex, run: () => Promise<unknown>): Promise<void> {
  if (!isPostgres(knex)) {
    await run();
    return;
  }
  await knex.transaction(async tx => {
    await tx.raw(
      "select pg_advisory_xact_lock(hashtext('roadbed-migrations'), hashtext(current_schema()))",
    );
    await run();
  });
}

const SQLITE_CACHE_KIB = 32 * 1024;

/**
 * Write-ahead logging, so that page reads do not wait for the collector's
 * writes, and patience with other programs that hold the file.
 */
async function tuneSqliteFile(knex: Knex, logger: LoggerService) {
  if (isPostgres(knex)) {
    return;
  }
  const databases: Array<{ name: string; file: string }> = await knex.raw(
    'pragma database_list',
  );
  if (!databases.some(({ name, file }) => name === 'main' && file)) {
    return; // in memory
  }
  await knex.raw('pragma busy_timeout = 5000');
  const [{ journal_mode: mode }] = await knex.raw('pragma journal_mode = wal');
  if (mode !== 'wal') {
    logger.warn(
      `SQLite keeps journal mode "${mode}" for the platform plugin's database; reads will wait for writes. Put the file on a local disk to allow write-ahead logging`,
    );
  }
  await knex.raw('pragma synchronous = normal');
  // The 2 MB that it has by itself hold the indexes of a small fleet only.
  await knex.raw(`pragma cache_size = -${SQLITE_CACHE_KIB}`);
}
