import { rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  freePort,
  ServerProcess,
  temporaryFolder,
  waitFor,
} from '@roadbed/test-servers';
import { Agent, request } from 'undici';
import { stringify } from 'yaml';
import type { Database } from './Database';
import type { ProcessUsage } from './ProcessUsage';

/** What a request was answered with. */
export interface Answer {
  status: number;
  body: any;
  /** Of the body. */
  bytes: number;
  /** From sending the request to the last byte of the answer. */
  ms: number;
}

/** A backend in a process of its own. */
export interface BackendProcess {
  name: string;
  pid: number;
  url: string;
  /** Of the file with everything it has logged. */
  logFile: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  /** What it uses; CPU since its start, the rest since {@link resetUsage}. */
  usage(): Promise<ProcessUsage>;
  resetUsage(): Promise<ProcessUsage>;
  logs(): string;
  /** `SIGSTOP`, `SIGCONT` or `SIGKILL`. */
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, waits, and removes its files. */
  stop(): Promise<void>;
}

/** How to start a backend. */
export interface BackendOptions {
  /** Of its log and its messages. */
  name: string;
  /** Folder of the simulator, which says where the clusters and the catalog are. */
  stateDir: string;
  database: Database;
  /** Section `platform` of the configuration. */
  platform?: object;
  /** Knows no cluster at all. */
  withoutClusters?: boolean;
}

const READY_MS = 120_000;
const TOKEN = 'benchmarks-static-token';
/** Bounds every request; slower than this is not an answer. */
const REQUEST_MS = 120_000;

/**
 * Starts a real Backstage backend: the Kubernetes plugin with its bridge, the
 * catalog with the entities of the simulator, and Roadbed. It ends at the
 * latest when this process ends.
 *
 * @throws Error with the end of its log when it does not get ready
 */
export async function startBackend(
  options: BackendOptions,
): Promise<BackendProcess> {
  const { name, stateDir } = options;
  const folder = await temporaryFolder('backend');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configFile = join(folder, 'app-config.yaml');
  await writeFile(configFile, stringify(configOf(options, url, port)));
  const program = await ServerProcess.start({
    name,
    command: process.execPath,
    args: [
      '--expose-gc',
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      require.resolve('./backendMain'),
      '--config',
      configFile,
      ...(options.withoutClusters
        ? []
        : ['--config', join(stateDir, 'app-config.kubernetes.yaml')]),
    ],
    logFile: join(folder, 'log'),
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'info' },
    endSignal: 'KILL',
  });
  const agent = new Agent({ keepAliveTimeout: 60_000, connections: 32 });
  const send = async (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer> => {
    const began = performance.now();
    const response = await request(`${url}${path}`, {
      method,
      dispatcher: agent,
      headersTimeout: REQUEST_MS,
      bodyTimeout: REQUEST_MS,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.body.text();
    const ms = performance.now() - began;
    const isJson = response.headers['content-type']?.includes('json');
    return {
      status: response.statusCode,
      body: isJson ? JSON.parse(text) : text,
      bytes: Buffer.byteLength(text),
      ms,
    };
  };
  const get = (path: string) => send('GET', path);
  await program.waitUntilReady(
    async () => (await get('/api/platform/health')).status === 200,
    READY_MS,
  );
  return {
    name,
    pid: program.pid,
    url,
    logFile: program.logFile,
    get,
    post: (path, body) => send('POST', path, body ?? {}),
    usage: async () => (await get('/api/usage')).body,
    resetUsage: async () => (await send('DELETE', '/api/usage')).body,
    logs: () => readFileSync(program.logFile, 'utf8'),
    kill: signal => process.kill(program.pid, signal),
    async stop() {
      if (program.running) {
        process.kill(program.pid, 'SIGCONT');
        process.kill(program.pid, 'SIGTERM');
        await waitFor(async () => !program.running, {
          describe: `${name} to end`,
          timeoutMs: 30_000,
        }).catch(() => program.end());
      }
      await agent.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configOf(options: BackendOptions, baseUrl: string, port: number) {
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: options.database.config,
      auth: {
        keys: [{ secret: 'benchmarks-signing-secret' }],
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'benchmarks' } },
        ],
      },
    },
    catalog: {
      // What the catalog does by itself once a second, in transactions of tens
      // of milliseconds, is not what is measured.
      processingInterval: '12h',
      rules: [{ allow: ['Component', 'Group', 'System', 'Resource'] }],
      locations: [
        { type: 'file', target: join(options.stateDir, 'catalog.yaml') },
      ],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [{ type: 'config', clusters: [] }],
    },
    platform: options.platform ?? {},
  };
}
