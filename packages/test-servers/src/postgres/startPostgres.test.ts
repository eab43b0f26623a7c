import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { describeWith } from '../testing/describeWith';
import { postgresAvailability } from './postgresBinaries';
import { startPostgres, type PostgresServer } from './startPostgres';

async function query(connectionString: string, sql: string) {
  const client = new Client({ connectionString });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const dataFolders = () =>
  readdirSync(tmpdir()).filter(name => name.startsWith('roadbed-postgres-'));

describeWith(postgresAvailability())('startPostgres', () => {
  let postgres: PostgresServer;
  let foldersBefore: string[];

  beforeAll(async () => {
    foldersBefore = dataFolders();
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres?.stop());

  it('is a Postgres 18 that takes its password only', async () => {
    expect(
      await query(postgres.connectionString, 'SHOW server_version'),
    ).toEqual([{ server_version: expect.stringMatching(/^18\./) }]);
    const wrong = postgres.connectionString.replace(postgres.password, 'wrong');
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow(
      /password authentication failed/,
    );
  });

  it('makes databases that know nothing of each other', async () => {
    const [first, second] = [
      await postgres.createDatabase(),
      await postgres.createDatabase(),
    ];
    await query(first.connectionString, 'CREATE TABLE clusters (name text)');
    const tables =
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    expect(await query(first.connectionString, tables)).toEqual([
      { tablename: 'clusters' },
    ]);
    expect(await query(second.connectionString, tables)).toEqual([]);
  });

  it('goes away in mid query and comes back with its data', async () => {
    const { connectionString } = await postgres.createDatabase();
    await query(connectionString, 'CREATE TABLE kept AS SELECT 7 AS value');
    const client = new Client({ connectionString });
    const lost = new Promise(resolve => {
      client.on('error', resolve);
    });
    await client.connect();
    const cut = client.query('SELECT pg_sleep(60)').catch(error => error);
    await postgres.kill();
    expect(String(await cut)).toMatch(/terminat|ECONNRESET/);
    await lost;
    await expect(query(connectionString, 'SELECT 1')).rejects.toThrow(
      /ECONNREFUSED/,
    );
    await postgres.restart();
    expect(await query(connectionString, 'SELECT value FROM kept')).toEqual([
      { value: 7 },
    ]);
  });

  it('leaves nothing behind when stopped', async () => {
    await postgres.stop();
    await expect(query(postgres.connectionString, 'SELECT 1')).rejects.toThrow(
      /ECONNREFUSED/,
    );
    const [folder] = dataFolders().filter(
      name => !foldersBefore.includes(name),
    );
    expect(folder === undefined || !existsSync(folder)).toBe(true);
  });
});
