import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { unavailableLine } from '../availability';
import { postgresAvailability } from '../postgres/postgresBinaries';
import { startPostgres, type PostgresServer } from '../postgres/startPostgres';

const connectionVariable =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

const startTimeoutMs = 60_000;

/**
 * Backstage's `TestDatabases` with SQLite and Postgres. The Postgres is that of
 * `BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING` when that is set, else
 * one that is started for this test file. Call it once, at the top of the file.
 *
 * Where Postgres can not be had, the tests run on SQLite alone and one line
 * says why; with `ROADBED_REQUIRE_ALL=1` that is an error.
 *
 * @example
 * const databases = testDatabases();
 * describe.each(databases.eachSupportedId())('FleetStore on %s', id => {
 *   it('…', async () => {
 *     const knex = await databases.init(id);
 *   });
 * });
 */
export function testDatabases(): TestDatabases {
  const ids: TestDatabaseId[] = ['SQLITE_3', 'POSTGRES_18'];
  if (process.env[connectionVariable]) return TestDatabases.create({ ids });
  const availability = postgresAvailability();
  if (!availability.available) {
    const line = unavailableLine(availability);
    if (process.env.ROADBED_REQUIRE_ALL === '1') throw new Error(line);
    process.stderr.write(`SKIPPED on Postgres: ${line}\n`);
    return TestDatabases.create({ ids: ['SQLITE_3'] });
  }

  // TestDatabases reads the variable twice: here to learn whether there is one,
  // and at the first `init` for what it holds; that is after `beforeAll`.
  process.env[connectionVariable] = 'set by beforeAll';
  const databases = TestDatabases.create({ ids });
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres();
    process.env[connectionVariable] = server.connectionString;
  }, startTimeoutMs);
  // Hooks run in the order of their definition: TestDatabases has closed its
  // connections by now.
  afterAll(async () => {
    delete process.env[connectionVariable];
    await server?.stop();
  });
  return databases;
}
