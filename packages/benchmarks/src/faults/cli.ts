import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import type { Fault } from './Fault';
import { FaultRun } from './FaultRun';
import type { FaultResult } from './FaultResult';
import { FAULTS } from './faults';
import { HEADING, rowOf, summaryOf, writeResults } from './FaultTable';
import { startStage } from './stage/startStage';
import type { World } from './stage/World';
import { stages, type StageName, type StageSpec } from './stage/stages';

const USAGE = `Switches faults on under running backends, compares what they store with what
is true, and writes fault-results.json.

  --only NAME    only this fault; may be given several times
  --clusters N   how many clusters the faults of clusters happen among; 50 unless given
  --out FILE     where the results are written; fault-results.json
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      clusters: { type: 'string', default: '50' },
      out: { type: 'string', default: 'fault-results.json' },
    },
  });
  const clusters = Number(values.clusters);
  if (!Number.isSafeInteger(clusters) || clusters < 10) {
    throw new InputError(
      `--clusters must be a whole number of 10 or more, got "${values.clusters}"\n\n${USAGE}`,
    );
  }
  const { only, out } = values;
  const unknown = (only ?? []).filter(
    name => !FAULTS.some(fault => fault.name === name),
  );
  if (unknown.length > 0) {
    throw new InputError(
      `--only: there is no fault "${unknown.join(
        '", "',
      )}"; the faults are ${FAULTS.map(({ name }) => name).join(
        ', ',
      )}\n\n${USAGE}`,
    );
  }
  const faults = FAULTS.filter(({ name }) => !only || only.includes(name));
  return { faults, clusters, out };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const began = Date.now();

function say(text: string): void {
  const seconds = ((Date.now() - began) / 1_000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${text}\n`);
}

/** Runs the faults of one stage, each on what the one before has left. */
async function runStage(
  spec: StageSpec,
  faults: readonly Fault[],
): Promise<FaultResult[]> {
  const results: FaultResult[] = [];
  let world: World;
  try {
    world = await startStage(spec, say);
  } catch (error) {
    return faults.map(fault => notRun(fault, error as Error));
  }
  try {
    for (const fault of faults) {
      const run = new FaultRun(fault, world, text =>
        say(`${fault.name}: ${text}`),
      );
      const result = await run.run();
      print(rowOf(result));
      results.push(result);
    }
  } finally {
    await world.stop();
  }
  return results;
}

function notRun({ name, does }: Fault, { message }: Error): FaultResult {
  const result: FaultResult = {
    name,
    did: does,
    saw: [],
    assessment: { compared: 0, lost: [], resurrected: [], wronglyFresh: [] },
    recoverySeconds: null,
    quiet: null,
    during: null,
    effect: null,
    failures: [`not run: ${message}`],
  };
  print(rowOf(result));
  return result;
}

async function main(): Promise<void> {
  const { faults, clusters, out } = readOptions();
  const results: FaultResult[] = [];
  print(HEADING);
  for (const [name, spec] of Object.entries(stages(clusters))) {
    const here = faults.filter(({ stage }) => stage === (name as StageName));
    if (here.length > 0) results.push(...(await runStage(spec, here)));
    await writeResults(out, results);
  }
  print(summaryOf(results));
  if (results.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
