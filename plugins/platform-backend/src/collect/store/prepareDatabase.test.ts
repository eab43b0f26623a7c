import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { postgresAvailability } from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import knexFactory, { type Knex } from 'knex';
import { storeTestDatabases } from './__testUtils__/databases';
import { isPostgres } from './dialect';
import { migrationsDirectory, prepareDatabase } from './prepareDatabase';
import { CLUSTER_TABLES } from './tables';

jest.setTimeout(60_000);

const databases = storeTestDatabases();
const logger = mockServices.logger.mock();
const TABLES = [...CLUSTER_TABLES, 'clusters', 'cluster_list_state'];

/** Tables and indexes that a user made, not the database itself or knex. */
async function schemaObjects(knex: Knex): Promise<string[]> {
  const rows: Array<{ name: string }> = isPostgres(knex)
    ? (
        await knex.raw(
          `select relname as name from pg_class c
           join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = current_schema() and relkind in ('r', 'i', 'S')`,
        )
      ).rows
    : await knex('sqlite_master').select('name');
  return rows
    .map(row => row.name)
    .filter(name => !/^(knex_|sqlite_)/.test(name))
    .sort();
}

describe.each(databases.ids)('prepareDatabase on %s', id => {
  it('makes every table, and running again changes nothing', async () => {
    const knex = await databases.create(id);
    const made = await schemaObjects(knex);
    expect(made).toEqual(expect.arrayContaining(TABLES));

    await prepareDatabase({ knex, logger });
    expect(await schemaObjects(knex)).toEqual(made);
  });

  it('goes down step by step to nothing, and up again to the same', async () => {
    const knex = await databases.create(id);
    const made = await schemaObjects(knex);

    const [done] = await knex.migrate.list({ directory: migrationsDirectory });
    for (let step = 0; step < done.length; step++) {
      await knex.migrate.down({ directory: migrationsDirectory });
    }
    expect(await schemaObjects(knex)).toEqual([]);

    await prepareDatabase({ knex, logger });
    expect(await schemaObjects(knex)).toEqual(made);
  });

  it('leaves nothing behind when a step fails, and says what to do', async () => {
    const knex = await databases.createEmpty(id);
    // In the way of the last migration only.
    await knex.schema.createTable('cluster_history', table => {
      table.integer('foreign');
    });

    await expect(prepareDatabase({ knex, logger })).rejects.toThrow(
      /could not be migrated and was left as it was.*cluster_history/s,
    );
    expect(await schemaObjects(knex)).toEqual(['cluster_history']);

    await knex.schema.dropTable('cluster_history');
    await prepareDatabase({ knex, logger });
    expect(await schemaObjects(knex)).toEqual(expect.arrayContaining(TABLES));
  });

  it('touches nothing when migrations are left to somebody else', async () => {
    const knex = await databases.createEmpty(id);
    await prepareDatabase({ knex, logger, skipMigrations: true });
    expect(await schemaObjects(knex)).toEqual([]);
  });

  it('allows one active row per name, and any number of former ones', async () => {
    const knex = await databases.create(id);
    const row = {
      name: 'prod',
      auth_provider: 'serviceAccount',
      first_seen_at: 1,
      last_listed_at: 1,
    };
    await knex('clusters').insert({ ...row, active: false });
    await knex('clusters').insert({ ...row, active: false });
    await knex('clusters').insert({ ...row, active: true });
    await expect(
      knex('clusters').insert({ ...row, active: true }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/unique/i) });
  });
});

describeWith(postgresAvailability())('prepareDatabase on Postgres', () => {
  it('lets replicas that start together wait for each other', async () => {
    const first = await databases.createEmpty('POSTGRES_18');
    const pools = [first, ...[1, 2, 3].map(() => databases.secondPool(first))];
    await Promise.all(pools.map(knex => prepareDatabase({ knex, logger })));
    expect(await schemaObjects(first)).toEqual(expect.arrayContaining(TABLES));
  });
});

describe('prepareDatabase on a SQLite file', () => {
  it('turns on write-ahead logging, and holds more than the indexes of a small fleet', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'roadbed-'));
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(directory, 'platform.sqlite') },
      useNullAsDefault: true,
    });
    try {
      await prepareDatabase({ knex, logger });
      expect(await knex.raw('pragma journal_mode')).toEqual([
        { journal_mode: 'wal' },
      ]);
      expect(await knex.raw('pragma busy_timeout')).toEqual([
        { timeout: 5000 },
      ]);
      expect(await knex.raw('pragma cache_size')).toEqual([
        { cache_size: -32_768 },
      ]);
    } finally {
      await knex.destroy();
      await rm(directory, { recursive: true });
    }
  });
});
