/* The clusters of `npm run start:real`: real control planes, until it is told to stop. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startRealFleet, type RealFleet } from './real-fleet/startRealFleet';

const usage = `cli.ts --state-dir DIR

  --state-dir DIR   where data, logs, kubeconfig and app-config.kubernetes.yaml go
  --still           taken as the simulator takes it; real clusters are always still`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function stateDirOf(argv: string[]): string {
  const { values } = parseArgs({
    args: argv,
    options: {
      'state-dir': { type: 'string' },
      still: { type: 'boolean' },
    },
  });
  if (values['state-dir']) return resolve(values['state-dir']);
  throw new Error(`--state-dir: expected a folder, got none\n\n${usage}`);
}

async function untilToldToStop(): Promise<void> {
  await new Promise<void>(done => {
    // The servers do not keep this process alive; this does.
    const awake = setInterval(() => {}, 3_600_000);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        clearInterval(awake);
        done();
      });
    }
  });
}

async function main(): Promise<void> {
  const stateDir = stateDirOf(process.argv.slice(2));
  const told = untilToldToStop();
  const began = Date.now();
  const started = startRealFleet({ stateDir, log: say });
  // Told to stop in mid start: the servers end with this process.
  const fleet = await Promise.race([started, told]);
  if (!fleet) return;
  say(readyLine(fleet, Date.now() - began));
  await told;
  await fleet.stop();
}

function readyLine(fleet: RealFleet, tookMs: number): string {
  const names = fleet.clusters.map(({ name, minor }) => `${name} (${minor})`);
  const context = fleet.clusters[fleet.clusters.length - 1].name;
  return `ready in ${Math.round(tookMs / 1000)} s: ${names.join(
    ', ',
  )}; try kubectl --kubeconfig ${
    fleet.kubeconfigPath
  } --context ${context} -n checkout scale deployment/cart-api --replicas 5`;
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
