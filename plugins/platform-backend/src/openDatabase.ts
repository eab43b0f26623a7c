import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import type { Knex } from 'knex';
import { prepareDatabase } from './collect/store/prepareDatabase';

/**
 * Connects to the plugin's database and makes it ready.
 *
 * @throws ForwardedError that says which key leads to the database
 */
export async function openDatabase(options: {
  database: DatabaseService;
  logger: LoggerService;
}): Promise<Knex> {
  const { database, logger } = options;
  let knex: Knex;
  try {
    knex = await database.getClient();
    await knex.raw('select 1');
  } catch (error) {
    throw new ForwardedError(
      'The database of the platform plugin can not be reached. Check backend.database (or backend.database.plugin.platform) in app-config.yaml and that the server runs',
      error,
    );
  }
  await prepareDatabase({
    knex,
    logger,
    skipMigrations: database.migrations?.skip,
  });
  return knex;
}
