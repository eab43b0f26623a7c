import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLOODS } from './__testUtils__/hostile/floods';
import { startHostileCluster } from './__testUtils__/hostile/HostileCluster';
import type {
  FloodMeasure,
  FloodTarget,
} from './__testUtils__/hostile/measureFloods';
import { DEFAULT_BOUNDS } from './collect/bounds';

jest.setTimeout(120_000);

const MEBIBYTE = 1024 * 1024;

/** Collects from the targets in a process of its own. */
async function measure(
  folder: string,
  targets: FloodTarget[],
): Promise<FloodMeasure[]> {
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(__dirname, '__testUtils__/hostile/measureFloods.ts'),
      folder,
    ],
    { stdio: 'pipe' },
  );
  let out = '';
  let problems = '';
  child.stdout.on('data', data => (out += data));
  child.stderr.on('data', data => (problems += data));
  child.stdin.end(JSON.stringify(targets));
  const code = await new Promise(resolve => child.on('close', resolve));
  if (code !== 0) {
    throw new Error(`The measuring process ended with ${code}: ${problems}`);
  }
  return JSON.parse(out);
}

describe('a flood from a hostile cluster', () => {
  let measures: FloodMeasure[];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roadbed-floods-'));
    const clusters = await Promise.all(
      Object.entries(FLOODS).map(([name, { attack }]) =>
        startHostileCluster({ name, attack }),
      ),
    );
    try {
      clusters.forEach(cluster => cluster.begin());
      measures = await measure(
        folder,
        clusters.map(({ name, url, caData, token }) => ({
          name,
          url,
          caData,
          token,
          collector: FLOODS[name].collector ?? 'deployments',
        })),
      );
    } finally {
      await Promise.all(clusters.map(cluster => cluster.stop()));
      await rm(folder, { recursive: true, force: true });
    }
  });

  const measured = (name: string) => measures.find(one => one.name === name);

  const survived = Object.keys(FLOODS).filter(name => !FLOODS[name].code);
  it.each(survived)('%s: the run succeeds', name => {
    expect(measured(name)).toMatchObject({ outcome: 'success' });
  });

  const refused = Object.keys(FLOODS).filter(name => FLOODS[name].code);
  it.each(refused)('%s: the run says what happened', name => {
    const { code, says } = FLOODS[name];
    const { outcome, message, ...rest } = measured(name)!;
    expect({ outcome, code: rest.code }).toEqual({ outcome: 'error', code });
    expect(message).toContain(name);
    expect(message).toMatch(says!);
  });

  it('takes no more memory than a few of the largest bodies', () => {
    const largest = DEFAULT_BOUNDS.maxBodyBytes / MEBIBYTE;
    const peak = Math.max(...measures.map(({ peakMiB }) => peakMiB));
    expect(peak).toBeLessThan(4 * largest);
  });

  it('never keeps the others waiting for seconds', () => {
    for (const { name, longestPauseMs } of measures) {
      expect([name, longestPauseMs < 3_000]).toEqual([name, true]);
    }
  });
});
