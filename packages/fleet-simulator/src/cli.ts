import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { runDemoFleet } from './demo/runDemoFleet';
import { runScaleFleet } from './scale/runScaleFleet';

const USAGE = `Starts the clusters of the demo company, or with --clusters a generated fleet.

  --state-dir DIR   where ports, certificates and the files for the portal are kept (needed)
  --seed N          which company or fleet; 1 unless given
  --still           nothing changes by itself
  --clusters N      so many clusters whose objects are generated when they are asked for
  --workloads N     in all clusters together; 30 per cluster unless given
  --pods N          in all clusters together; 3 per workload unless given
`;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new InputError(`--${name} must be a whole number, got "${text}"`);
  }
  return value;
}

async function start(): Promise<{ clusters: number; stop(): Promise<void> }> {
  const { values } = parseArgs({
    options: {
      'state-dir': { type: 'string' },
      seed: { type: 'string', default: '1' },
      still: { type: 'boolean', default: false },
      clusters: { type: 'string' },
      workloads: { type: 'string' },
      pods: { type: 'string' },
    },
  });
  const folder = values['state-dir'];
  if (!folder) throw new InputError(`--state-dir is missing\n\n${USAGE}`);
  const seed = wholeNumber('seed', values.seed!);
  if (values.clusters === undefined) {
    return runDemoFleet({ folder, seed, still: values.still! });
  }
  const clusters = wholeNumber('clusters', values.clusters);
  const workloads =
    values.workloads === undefined
      ? clusters * 30
      : wholeNumber('workloads', values.workloads);
  const pods =
    values.pods === undefined
      ? workloads * 3
      : wholeNumber('pods', values.pods);
  return runScaleFleet({ folder, size: { clusters, workloads, pods, seed } });
}

async function main(): Promise<void> {
  const fleet = await start();
  const stop = async () => {
    await fleet.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`ready: ${fleet.clusters} clusters\n`);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
