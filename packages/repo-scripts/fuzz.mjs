#!/usr/bin/env node
// `npm run fuzz`: tries the API with more requests than `npm test` has time for,
// and others each time: with the fuzzer of the tests, and with Schemathesis
// where Python can be had. The seed is printed; --seed repeats a run.
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installEnvironment, yarnArgs } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { run, tail } from './lib/run.mjs';

const SCHEMATHESIS = '4.32.5';
const cache = inRoot('node_modules', '.cache', 'roadbed-fuzz');

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    runs: { type: 'string', default: '5000' },
    /** For each operation; Schemathesis has several phases of its own. */
    examples: { type: 'string', default: '100' },
  },
});

/** @returns {Promise<string | undefined>} the program, if it can be had */
async function schemathesis() {
  const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
  const folder = join(cache, `schemathesis-${SCHEMATHESIS}`);
  const program = join(folder, bin, 'st');
  if (existsSync(program)) return program;
  const log = join(cache, 'schemathesis-install.log');
  const steps = [
    ['python3', ['-m', 'venv', folder]],
    [
      join(folder, bin, 'pip'),
      ['install', '--quiet', `schemathesis==${SCHEMATHESIS}`],
    ],
  ];
  for (const [command, args] of steps) {
    const code = await run({ command, args, log }).catch(() => 1);
    if (code !== 0) return undefined;
  }
  return program;
}

async function fuzz(name, env, args) {
  const log = join(cache, `${name}.log`);
  process.stdout.write(`${name}, seed ${values.seed}: see ${log}\n`);
  const code = await run({
    command: process.execPath,
    args: yarnArgs(
      'backstage-cli',
      'package',
      'test',
      '--watchAll=false',
      ...args,
    ),
    cwd: inRoot('plugins', 'platform-backend'),
    env: {
      ...installEnvironment(),
      CI: 'true',
      ROADBED_FUZZ_SEED: values.seed,
      ...env,
    },
    log,
  });
  process.stdout.write(
    code === 0 ? `${name}: nothing found\n` : `${tail(log, 80)}\n`,
  );
  return code === 0;
}

mkdirSync(cache, { recursive: true });
const results = [
  await fuzz('fuzz', { ROADBED_FUZZ_RUNS: values.runs }, ['openApiFuzz']),
];
const program = await schemathesis();
if (program) {
  results.push(
    await fuzz(
      'schemathesis',
      {
        ROADBED_FUZZ_RUNS: values.examples,
        ROADBED_SCHEMATHESIS: program,
        ROADBED_SCHEMATHESIS_CHECKS: inRoot(
          'packages',
          'repo-scripts',
          'lib',
          'schemathesisChecks.py',
        ),
      },
      ['--testMatch', '**/*.fuzz.ts'],
    ),
  );
} else {
  process.stdout.write(
    `NOT RUN: Schemathesis ${SCHEMATHESIS} can not be had; it needs python3 with venv, and pip\n`,
  );
}
if (!results.every(Boolean)) process.exitCode = 1;
