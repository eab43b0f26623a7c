import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import type { FaultResult } from './FaultResult';
import { FAULTS } from './faults';
import { HEADING, rowOf, summaryOf, writeResults } from './FaultTable';
import { runStage } from './runStage';
import { stages } from './stage/stages';

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

async function main(): Promise<void> {
  const { faults, clusters, out } = readOptions();
  const results: FaultResult[] = [];
  print(HEADING);
  for (const [name, spec] of Object.entries(stages(clusters))) {
    const here = faults.filter(({ stage }) => stage === name);
    if (here.length === 0) continue;
    for await (const result of runStage(spec, here, say)) {
      print(rowOf(result));
      results.push(result);
      await writeResults(out, results);
    }
  }
  print(summaryOf(results));
  if (results.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
