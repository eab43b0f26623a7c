import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../processes/freePort';
import { ServerProcess } from '../processes/ServerProcess';
import { temporaryFolder } from '../processes/temporaryFolder';
import { postgresBinaries } from './postgresBinaries';
import { runnableBinaries } from './runnableBinaries';
import { serverUser, type ServerUser } from './serverUser';

/** A database server of its own on loopback, and the means to hurt it. */
export interface PostgresServer {
  /** `postgresql://…` of the database `postgres`. */
  connectionString: string;
  host: string;
  port: number;
  user: string;
  password: string;
  /** Makes an empty database. */
  createDatabase(): Promise<{ name: string; connectionString: string }>;
  /** Ends the server at once: connections are cut; the data stays. */
  kill(): Promise<void>;
  /** Starts the server again, ended before or not: same port, same data. */
  restart(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const user = 'postgres';
const startTimeoutMs = 30_000;

/**
 * The data need not outlive the machine, so nothing is forced to the disk. It
 * must outlive the server, whose crash is what fault tests are about: commits
 * stay synchronous, so that what was committed is with the system by then.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  listen_addresses: host,
  unix_socket_directories: '',
};

/**
 * Starts a Postgres 18 with data in a temporary folder; takes 1 to 3 s. It ends
 * at the latest when this process ends.
 *
 * @param options.settings - configuration parameters beside ours
 *
 * @throws ServiceUnavailableError when there are no binaries for this platform
 * @throws Error with the end of the log when it does not start
 */
export async function startPostgres(
  options: { settings?: Record<string, string> } = {},
): Promise<PostgresServer> {
  const settings = { ...SETTINGS, ...options.settings };
  const installed = postgresBinaries();
  const owner = serverUser();
  const folder = await temporaryFolder('postgres');
  if (owner) await chown(folder, owner.uid, owner.gid);
  const binaries = await runnableBinaries({
    binaries: installed,
    user: owner,
    folder,
  });
  const data = join(folder, 'data');
  const password = randomBytes(12).toString('hex');
  await initialise({ initdb: binaries.initdb, folder, data, password, owner });
  const port = await freePort();
  const connectionStringOf = (database: string) =>
    `postgresql://${user}:${password}@${host}:${port}/${database}`;

  const launch = async () => {
    const server = await ServerProcess.start({
      name: 'postgres',
      command: binaries.postgres,
      args: [
        ...['-D', data, '-p', String(port)],
        ...Object.entries(settings).flatMap(([name, value]) => [
          '-c',
          `${name}=${value}`,
        ]),
      ],
      logFile: join(folder, 'postgres.log'),
      // Immediate shutdown: as hard as a crash, but the shared memory is freed.
      endSignal: 'QUIT',
      ...owner,
    });
    await server.waitUntilReady(
      () => answers(connectionStringOf('postgres')),
      startTimeoutMs,
    );
    return server;
  };

  let running = await launch();
  return {
    connectionString: connectionStringOf('postgres'),
    host,
    port,
    user,
    password,
    async createDatabase() {
      const name = `test_${randomBytes(8).toString('hex')}`;
      await query(connectionStringOf('postgres'), `CREATE DATABASE ${name}`);
      return { name, connectionString: connectionStringOf(name) };
    },
    async kill() {
      await running.end();
    },
    async restart() {
      await running.end();
      running = await launch();
    },
    async stop() {
      await running.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function initialise(options: {
  initdb: string;
  folder: string;
  data: string;
  password: string;
  owner: ServerUser | undefined;
}): Promise<void> {
  const { initdb, folder, data, password, owner } = options;
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  await mkdir(data, { mode: 0o700 });
  if (owner) await chown(data, owner.uid, owner.gid);
  await promisify(execFile)(
    initdb,
    [
      `--pgdata=${data}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    // The folder of this process may not be readable for the other user.
    { cwd: folder, ...owner },
  );
}

async function answers(connectionString: string): Promise<boolean> {
  await query(connectionString, 'SELECT 1');
  return true;
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  // The end of the server reaches an idle client as an event.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}
