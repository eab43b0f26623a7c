import { freePort } from '@roadbed/test-servers';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { OutgoingRequest } from './recordRequests';

/** A backend in a process of its own, and what it has sent. */
export interface RecordedBackend {
  /** `host:port` at which it listens itself. */
  address: string;
  sent: OutgoingRequest[];
  get(path: string): Promise<any>;
  logs(): string;
  stop(): Promise<void>;
}

/** The token with which the test calls, as a user's tool would. */
export const CALLER_TOKEN = 'static-token-of-the-caller';

/** Starts the backend; it is up when its health is told. */
export async function startRecordedBackend(options: {
  /** Whether the module that lends clusters is installed. */
  bridge: boolean;
  /** Sections beside `backend`. */
  config: object;
}): Promise<RecordedBackend> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const config = {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: CALLER_TOKEN, subject: 'test' },
          },
        ],
      },
    },
    ...options.config,
  };
  const sent: OutgoingRequest[] = [];
  let logs = '';
  const child = fork(join(__dirname, 'backendMain.ts'), {
    execArgv: [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    ],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ROADBED_TEST_CONFIG: JSON.stringify({ config, bridge: options.bridge }),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.on('message', message => {
    // Backstage in development speaks to its parent, too.
    const { outgoing } = message as { outgoing?: OutgoingRequest };
    if (outgoing) sent.push(outgoing);
  });
  child.stdout!.on('data', data => (logs += data));
  child.stderr!.on('data', data => (logs += data));
  const ended = new Promise<void>(resolve =>
    child.on('close', () => resolve()),
  );
  const get = async (path: string) => {
    const response = await fetch(`${baseUrl}/api/platform/${path}`, {
      headers: { authorization: `Bearer ${CALLER_TOKEN}` },
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  };
  const deadline = Date.now() + 90_000;
  for (;;) {
    try {
      await get('fleet/summary');
      break;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new Error(`The backend does not start: ${error} ${logs}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
  return {
    address: `127.0.0.1:${port}`,
    sent,
    get,
    logs: () =>
      logs
        .split('\n')
        .filter(line => !line.includes('incomingRequest'))
        .join('\n'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
