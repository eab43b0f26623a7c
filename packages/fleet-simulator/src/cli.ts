import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { writeConnectionFiles } from './demo/connectionFiles';
import { DemoState } from './demo/DemoState';
import { startDemoFleet } from './demo/startDemoFleet';

const USAGE = `Starts the clusters of the demo company.

  --state-dir DIR   where ports, certificates and the files for the portal are kept (needed)
  --seed N          which company; 1 unless given
  --still           nothing changes by itself
`;

/** Pace of the life of the fleet. */
const STEP_MS = 5_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      'state-dir': { type: 'string' },
      seed: { type: 'string', default: '1' },
      still: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) {
    throw new InputError(`--seed must be a whole number, got "${values.seed}"`);
  }
  if (!values['state-dir']) {
    throw new InputError(`--state-dir is missing\n\n${USAGE}`);
  }
  return { stateDir: values['state-dir'], seed, still: values.still };
}

async function main(): Promise<void> {
  const { stateDir, seed, still } = readOptions();
  const fleet = await startDemoFleet({
    state: DemoState.open(stateDir, Date.now()),
    seed,
  });
  writeConnectionFiles(stateDir, fleet.clusters);
  const stopLife = still ? () => {} : fleet.life.start(STEP_MS);
  const stop = async () => {
    stopLife();
    await fleet.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`ready: ${fleet.clusters.length} clusters\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
