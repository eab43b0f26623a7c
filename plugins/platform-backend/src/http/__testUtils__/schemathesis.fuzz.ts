import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import {
  CALLERS,
  HIDDEN,
  VISIBLE,
  type CallerName,
} from '../../fleet/access/__testUtils__/callers';
import { startGuardedPlatform } from '../../fleet/access/__testUtils__/guardedPlatform';

// Run by `npm run fuzz`, which says where Schemathesis is.
const { ROADBED_SCHEMATHESIS: program, ROADBED_SCHEMATHESIS_CHECKS: checks } =
  process.env;
const SEED = process.env.ROADBED_FUZZ_SEED ?? '1';
const RUNS = process.env.ROADBED_FUZZ_RUNS ?? '100';

jest.setTimeout(3_600_000);

const databases = storeTestDatabases();

/**
 * Checks of Schemathesis that are not about Roadbed's promises.
 *
 * - A method that a path does not have is answered with 404, not 405.
 * - A cursor is well formed as a text, and refused unless the server made it.
 * - Parameters that are sent twice are refused or read as a list, which the
 *   document can not say.
 * - The backend of the tests takes who says nothing for a user of its own;
 *   `openApiFuzz.test.ts` has a caller who is really nobody.
 */
const EXCLUDED = [
  'ignored_auth',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
  'positive_data_acceptance',
  'negative_data_rejection',
];

/** What each caller must not be told. */
const SECRETS: ReadonlyArray<
  readonly [caller: CallerName, words: readonly string[]]
> = [
  ['engineer', []],
  ['member', HIDDEN],
  ['guest', [...HIDDEN, ...VISIBLE]],
];

describe.each(databases.ids)('Schemathesis on %s', id => {
  let platform: Awaited<ReturnType<typeof startGuardedPlatform>>;

  beforeAll(async () => {
    platform = await startGuardedPlatform(await databases.createEmpty(id), {
      cadence: {},
    });
  });

  afterAll(() => platform?.stop());

  it.each(SECRETS)('finds nothing as %s', async (caller, words) => {
    const base = `http://127.0.0.1:${platform.port}/api/platform`;
    const child = spawn(
      program!,
      [
        'run',
        `${base}/openapi.json`,
        `--url=${base}`,
        `--header=Authorization:${CALLERS[caller]}`,
        `--seed=${SEED}`,
        `--max-examples=${RUNS}`,
        `--exclude-checks=${EXCLUDED.join(',')}`,
        '--request-timeout=10',
        '--continue-on-failure',
        '--no-color',
      ],
      {
        // It keeps what made it fail in the folder it runs in.
        cwd: dirname(program!),
        env: {
          ...process.env,
          SCHEMATHESIS_HOOKS: checks,
          ROADBED_FUZZ_SECRETS: words.join(','),
        },
      },
    );
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', text => output.push(String(text)));
    }
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    expect(code === 0 ? '' : output.join('')).toBe('');
  });
});
