import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findBrowser, NO_BROWSER } from './browser.mjs';
import {
  ofExitCode,
  ofJestReport,
  ofNodeTestOutput,
  ofPlaywrightReport,
} from './counts.mjs';
import { yarnArgs } from './install.mjs';
import { inRoot } from './paths.mjs';
import { figuresOf } from './playwrightFigures.mjs';
import { run } from './run.mjs';

/**
 * One runner of `npm test`.
 *
 * @typedef {object} TestStep
 * @property {string} name what `--only` selects
 * @property {(context: { logs: string }) => Promise<{ counts: import('./counts.mjs').Counts, note?: string, log: string }>} run
 */

/** A check by a program of Yarn's. @returns {TestStep} */
function check(name, args) {
  return checkWith(name, yarnArgs(...args));
}

/** A check that passes or fails as a whole. @returns {TestStep} */
function checkWith(name, args) {
  return {
    name,
    async run({ logs }) {
      const log = join(logs, `${name}.log`);
      const code = await run({
        command: process.execPath,
        args,
        env: { CI: 'true', NODE_OPTIONS: '--max-old-space-size=6144' },
        log,
      });
      return { counts: ofExitCode(code), log };
    },
  };
}

function testFilesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('.test.mjs'))
    .map(name => join(folder, name));
}

/** @type {TestStep} */
const scripts = {
  name: 'scripts',
  async run({ logs }) {
    const log = join(logs, 'scripts.log');
    await run({
      command: process.execPath,
      // By name: node would take test.mjs, which runs this, for a test too.
      args: ['--test', ...testFilesOf(inRoot('packages', 'repo-scripts'))],
      log,
    });
    return { counts: ofNodeTestOutput(readFileSync(log, 'utf8')), log };
  },
};

function readReport(file, log, what) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  throw new Error(`${what} wrote no report; see ${log}`);
}

/** Builds what the contract tests need, so that no test's time-out holds a build. */
async function prepareServers(logs) {
  const log = join(logs, 'servers.log');
  const code = await run({
    command: process.execPath,
    args: [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      inRoot('packages', 'test-servers', 'src', 'prepare.ts'),
    ],
    log,
  });
  return { code, log };
}

/** @type {TestStep} */
const unit = {
  name: 'unit',
  async run({ logs }) {
    const servers = await prepareServers(logs);
    const log = join(logs, 'unit.log');
    const report = join(logs, 'unit.json');
    rmSync(report, { force: true });
    await run({
      command: process.execPath,
      args: yarnArgs(
        'backstage-cli',
        'repo',
        'test',
        '--watchAll=false',
        '--json',
        `--outputFile=${report}`,
        // One more than cores: the longest suites wait for servers of theirs.
        `--maxWorkers=${availableParallelism() + 1}`,
      ),
      env: { CI: 'true', NODE_OPTIONS: '--max-old-space-size=6144' },
      log,
    });
    return {
      counts: ofJestReport(readReport(report, log, 'jest')),
      note:
        servers.code === 0
          ? undefined
          : `the real control plane can not be had, its tests are skipped; see ${servers.log}`,
      log,
    };
  },
};

/** Runs the Playwright tests of a package. */
async function runPlaywright({ name, workspace, executable, logs }) {
  const log = join(logs, `${name}.log`);
  const file = join(logs, `${name}.json`);
  rmSync(file, { force: true });
  await run({
    command: process.execPath,
    args: yarnArgs('workspace', workspace, 'playwright', 'test'),
    env: {
      CI: 'true',
      ROADBED_CHROMIUM: executable ?? '',
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
    log,
  });
  return { report: readReport(file, log, 'Playwright'), log };
}

/** @type {TestStep} */
const browser = {
  name: 'browser',
  async run({ logs }) {
    const executable = findBrowser(process.env);
    if (!executable) {
      return {
        counts: { passed: 0, failed: 0, skipped: 1 },
        note: NO_BROWSER,
        log: join(logs, 'browser.log'),
      };
    }
    const { report, log } = await runPlaywright({
      name: 'browser',
      workspace: 'app',
      executable,
      logs,
    });
    return { counts: ofPlaywrightReport(report), log };
  },
};

/**
 * The plugins as others install them. Most of it needs no browser; what does
 * skips itself.
 *
 * @type {TestStep}
 */
const adoption = {
  name: 'adoption',
  async run({ logs }) {
    const executable = findBrowser(process.env);
    const { report, log } = await runPlaywright({
      name: 'adoption',
      workspace: '@roadbed/adoption',
      executable,
      logs,
    });
    return {
      counts: ofPlaywrightReport(report),
      note: executable ? figuresOf(report).join('; ') : NO_BROWSER,
      log,
    };
  },
};

/** Everything `npm test` runs, cheapest first. @type {TestStep[]} */
export const testSteps = [
  scripts,
  checkWith('licences', [
    inRoot('packages', 'repo-scripts', 'licences.mjs'),
    '--check',
  ]),
  check('format', ['prettier', '--check', '--loglevel', 'warn', '.']),
  check('types', ['tsc:full', '--pretty', 'false']),
  check('lint', ['lint']),
  check('knip', ['knip', '--no-config-hints']),
  check('packages', ['backstage-cli', 'repo', 'fix', '--publish', '--check']),
  unit,
  browser,
  adoption,
];

/** Makes the folder of logs, empty. */
export function freshLogs() {
  const logs = inRoot('node_modules', '.cache', 'roadbed-test');
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  return logs;
}
