import {
  mockServices,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { testDatabases } from '@roadbed/test-servers/jest';
import knexFactory, { type Knex } from 'knex';
import { prepareDatabase } from '../prepareDatabase';

/** The databases every store is tested on, with Roadbed's tables. */
export function storeTestDatabases() {
  const extraPools: Knex[] = [];
  // Before the server stops: hooks run in the order of their definition.
  afterAll(async () => {
    await Promise.all(extraPools.map(pool => pool.destroy()));
  });
  const databases = testDatabases();

  return {
    ids: databases.eachSupportedId(),
    /** An empty database with Roadbed's tables. */
    async create(id: TestDatabaseId): Promise<Knex> {
      const knex = await databases.init(id);
      await prepareDatabase({ knex, logger: mockServices.logger.mock() });
      return knex;
    },
    /** A database without tables. */
    async createEmpty(id: TestDatabaseId): Promise<Knex> {
      return databases.init(id);
    },
    /** Another pool on the same database, as another replica has one. */
    secondPool(knex: Knex): Knex {
      const { client, connection } = knex.client.config;
      const pool = knexFactory({ client, connection });
      extraPools.push(pool);
      return pool;
    },
  };
}
