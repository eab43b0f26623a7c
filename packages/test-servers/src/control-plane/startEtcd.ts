import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../processes/freePort';
import { ServerProcess } from '../processes/ServerProcess';
import { temporaryFolder } from '../processes/temporaryFolder';
import { ensureControlPlaneBinaries } from './ensureControlPlaneBinaries';

/** A running etcd; several control planes can share one. */
export interface Etcd {
  /** Address of clients: `http://127.0.0.1:…`. */
  url: string;
  pid: number;
  /** Ends it at once; removes its data unless the folder was given. */
  stop(): Promise<void>;
}

/** Where an etcd keeps what it writes. */
export interface EtcdOptions {
  /** Folder of the data, kept by `stop`. @defaultValue a temporary folder */
  dataDir?: string;
  /** Folder of `etcd.log`. @defaultValue beside the data */
  logDir?: string;
  /** Takes the progress of a build, should one be needed. */
  log?: (line: string) => void;
}

const startTimeoutMs = 30_000;

/**
 * Starts an etcd on loopback, without TLS and without forcing anything to disk.
 *
 * @throws ServiceUnavailableError when there is no binary and no Go to build it
 * @throws Error with the end of the log when it does not start
 */
export async function startEtcd(options: EtcdOptions = {}): Promise<Etcd> {
  const { etcd } = await ensureControlPlaneBinaries({ log: options.log });
  const folder = options.dataDir ?? (await temporaryFolder('etcd'));
  const logDir = options.logDir ?? folder;
  await mkdir(logDir, { recursive: true });
  const url = `http://127.0.0.1:${await freePort()}`;
  const peerUrl = `http://127.0.0.1:${await freePort()}`;
  const server = await ServerProcess.start({
    name: 'etcd',
    command: etcd,
    args: [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
    logFile: join(logDir, 'etcd.log'),
  });
  await server.waitUntilReady(
    async () => (await fetch(`${url}/health`)).ok,
    startTimeoutMs,
  );
  return {
    url,
    pid: server.pid,
    async stop() {
      await server.end();
      if (!options.dataDir) await rm(folder, { recursive: true, force: true });
    },
  };
}
