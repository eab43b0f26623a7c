import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../processes/temporaryFolder';

const swcOptions = {
  jsc: { parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
};

/** Runs jest on a test file that needs what is not there. */
async function runJest(requireAll: string) {
  const folder = await temporaryFolder('describe-with');
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(
    join(folder, 'needy.test.js'),
    `require(${JSON.stringify(require.resolve('./describeWith'))})
       .describeWith({ available: false, what: 'Frobnicator', reason: 'it is gone', remedy: 'bring it back' })
       ('the needy', () => { it('one', () => {}); it('two', () => {}); });`,
  );
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--rootDir',
      folder,
      '--json',
      '--transform',
      JSON.stringify({
        '\\.ts$': [
          require.resolve('@backstage/cli/config/jestSwcTransform.js'),
          swcOptions,
        ],
      }),
    ],
    {
      encoding: 'utf8',
      env: { ...process.env, ROADBED_REQUIRE_ALL: requireAll },
    },
  );
  return { report: JSON.parse(stdout), stderr };
}

const line = 'NO FROBNICATOR: it is gone; bring it back';

describe('describeWith something that can not be had', () => {
  it('skips the tests and says why in one line', async () => {
    const { report, stderr } = await runJest('');
    expect(report).toMatchObject({ numPendingTests: 2, numFailedTests: 0 });
    expect(stderr.split('\n')).toContain(`SKIPPED "the needy": ${line}`);
  });

  it('fails with the same line under ROADBED_REQUIRE_ALL=1', async () => {
    const { report } = await runJest('1');
    expect(report).toMatchObject({ numPendingTests: 0, numFailedTests: 1 });
    expect(report.testResults[0].message).toContain(line);
  });
});
