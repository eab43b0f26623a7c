import { mockServices } from '@backstage/backend-test-utils';
import knexFactory from 'knex';
import { openDatabase } from './openDatabase';

const logger = mockServices.logger.mock();

describe('openDatabase', () => {
  it('names the key that leads to the database when nothing answers there', async () => {
    const knex = knexFactory({
      client: 'pg',
      connection: 'postgres://nobody@127.0.0.1:1/none',
      acquireConnectionTimeout: 500,
      log: logger,
    });
    await expect(
      openDatabase({ database: { getClient: async () => knex }, logger }),
    ).rejects.toThrow(
      /can not be reached\. Check backend\.database .*ECONNREFUSED/s,
    );
    await knex.destroy();
  });

  it('names it too when Backstage can not even make a client', async () => {
    const database = {
      getClient: async () => {
        throw new Error('no such client');
      },
    };
    await expect(openDatabase({ database, logger })).rejects.toThrow(
      /backend\.database.*no such client/s,
    );
  });

  it('makes the tables, unless migrations are skipped', async () => {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await openDatabase({ database: { getClient: async () => knex }, logger });
    expect(await knex.schema.hasTable('fleet_workloads')).toBe(true);
    // Again, on what is there already.
    await openDatabase({
      database: { getClient: async () => knex, migrations: { skip: true } },
      logger,
    });
    await knex.destroy();
  });
});
