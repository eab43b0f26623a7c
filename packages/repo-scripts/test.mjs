#!/usr/bin/env node
// `npm test`: installs, then runs everything, and ends with one line of counts
// over all runners. A failure does not stop the steps after it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ofExitCode, sum, summaryLine } from './lib/counts.mjs';
import { install } from './lib/install.mjs';
import { nodeVersionProblem } from './lib/nodeVersion.mjs';
import { inRoot } from './lib/paths.mjs';
import { tail } from './lib/run.mjs';
import { freshLogs, testSteps } from './lib/testSteps.mjs';

function selectedSteps() {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true } },
  });
  if (!values.only) return testSteps;
  const names = testSteps.map(step => step.name);
  const unknown = values.only.filter(name => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `--only: there is no step "${unknown.join(
        '", "',
      )}"; the steps are ${names.join(', ')}`,
    );
  }
  return testSteps.filter(step => values.only.includes(step.name));
}

async function runStep(step, context) {
  const began = Date.now();
  let result;
  try {
    result = await step.run(context);
  } catch (error) {
    result = { counts: ofExitCode(1), note: error.message };
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  process.stdout.write(
    `${step.name.padEnd(9)} ${seconds.padStart(4)} s  ${summaryLine(
      result.counts,
    )}\n`,
  );
  if (result.note) process.stdout.write(`          ${result.note}\n`);
  if (result.counts.failed > 0 && result.log) {
    process.stdout.write(
      `--- end of ${result.log}\n${tail(result.log, 80)}\n---\n`,
    );
  }
  return result.counts;
}

async function main() {
  const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const problem = nodeVersionProblem(process.versions.node, engines.node);
  if (problem) throw new Error(problem);
  const steps = selectedSteps();
  process.stdout.write('installing …\n');
  await install({
    log: inRoot('node_modules', '.cache', 'roadbed-install.log'),
  });
  const requireAll = process.env.ROADBED_REQUIRE_ALL === '1';
  const context = { logs: freshLogs() };
  const counts = [];
  for (const step of steps) counts.push(await runStep(step, context));
  const total = sum(counts);
  if (requireAll && total.skipped > 0) {
    process.stdout.write(
      `ROADBED_REQUIRE_ALL=1: ${total.skipped} skipped count as failed\n`,
    );
  }
  process.stdout.write(`${summaryLine(total)}\n`);
  if (total.failed > 0 || (requireAll && total.skipped > 0))
    process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.stdout.write(`${summaryLine(ofExitCode(1))}\n`);
  process.exitCode = 1;
});
