import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ServerProcess, temporaryFolder } from '@roadbed/test-servers';
import { parseAllDocuments } from 'yaml';
import { ControlClient } from './ControlClient';

/** How large a fleet is. */
export interface FleetSize {
  clusters: number;
  workloads: number;
  pods: number;
}

/** A fleet in a process of its own. */
export interface SimulatorProcess {
  /** Folder with the configuration for a portal, the catalog and the kubeconfig. */
  stateDir: string;
  control: ControlClient;
  /** Names, in order. */
  clusters: string[];
  /** How many entities the catalog of the fleet has. */
  entities: number;
  stop(): Promise<void>;
}

const READY_MS = 180_000;
const CLI = join(
  dirname(require.resolve('@roadbed/fleet-simulator/package.json')),
  'src',
  'cli.ts',
);

/**
 * Starts clusters whose objects are made when they are asked for. They end at
 * the latest when this process ends.
 *
 * @throws Error with the end of its log when it does not get ready
 */
export async function startSimulator(
  options: FleetSize & { seed?: number },
): Promise<SimulatorProcess> {
  const { clusters, workloads, pods, seed = 1 } = options;
  const stateDir = await temporaryFolder('fleet');
  const logFile = join(stateDir, 'log');
  const program = await ServerProcess.start({
    name: 'fleet-simulator',
    command: process.execPath,
    args: [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      CLI,
      ...['--state-dir', stateDir],
      ...['--clusters', String(clusters)],
      ...['--workloads', String(workloads)],
      ...['--pods', String(pods)],
      ...['--seed', String(seed)],
    ],
    logFile,
  });
  await program.waitUntilReady(
    async () => /^ready: /m.test(await readFile(logFile, 'utf8')),
    READY_MS,
  );
  const control = new ControlClient(stateDir);
  return {
    stateDir,
    control,
    clusters: Object.keys((await control.stats()).clusters).sort(),
    entities: parseAllDocuments(
      await readFile(join(stateDir, 'catalog.yaml'), 'utf8'),
    ).length,
    async stop() {
      await program.end();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
