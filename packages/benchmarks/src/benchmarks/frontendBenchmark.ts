import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import type { BenchmarkContext } from './Benchmark';

const KB = 1024;

interface Sizes {
  shell: string;
  eager: number;
  page: number;
}

/** @throws InputError when there is no browser to measure in */
export function assertBrowser(): void {
  if (!process.env.ROADBED_CHROMIUM) {
    throw new InputError(
      'frontend.* is measured in a browser and there is none: install chromium or set ROADBED_CHROMIUM to its path, or measure the rest with --only collect --only card --only list --only steady',
    );
  }
}

/**
 * What the frontend plugin adds to real, minified bundles of a bare portal, as
 * a browser loads them: measured by the tests of `packages/adoption`.
 */
export async function reportFrontend({
  report,
  say,
}: BenchmarkContext): Promise<void> {
  say('building bare portals with and without Roadbed');
  for (const { shell, eager, page } of await measuredSizes()) {
    const how = `packages/${shell} of a bare portal, built with and without Roadbed, scripts as Chromium loads them`;
    report.add({
      name: `frontend.eager_kb_gz.${shell}`,
      value: eager / KB,
      unit: 'KB',
      bound: { relation: '≤', limit: 15 },
      how: `${how}: what a page that is not ours loads more`,
    });
    report.add({
      name: `frontend.page_kb_gz.${shell}`,
      value: page / KB,
      unit: 'KB',
      bound: { relation: '≤', limit: 200 },
      how: `${how}: what opening the Fleet page adds`,
    });
  }
}

async function measuredSizes(): Promise<Sizes[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roadbed-sizes-'));
  const file = join(folder, 'report.json');
  try {
    const child = spawn(
      process.execPath,
      [
        join(dirname(require.resolve('@playwright/test')), 'cli.js'),
        'test',
        'portal.test.ts',
      ],
      {
        cwd: dirname(require.resolve('@roadbed/adoption/package.json')),
        env: { ...process.env, CI: 'true', PLAYWRIGHT_JSON_OUTPUT_NAME: file },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const [code] = await once(child, 'exit');
    const sizes = bytesIn(JSON.parse(await readFile(file, 'utf8')));
    if (code !== 0 || sizes.length === 0) {
      throw new Error(
        `The tests of packages/adoption ended with ${code} and told ${sizes.length} sizes; run: npm test -- --only adoption`,
      );
    }
    return sizes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Suite {
  suites?: Suite[];
  specs?: Array<{
    tests: Array<{
      annotations: Array<{ type: string; description?: string }>;
    }>;
  }>;
}

function bytesIn({ suites = [], specs = [] }: Suite): Sizes[] {
  const own = specs
    .flatMap(({ tests }) => tests)
    .flatMap(({ annotations }) => annotations)
    .filter(({ type }) => type === 'bytes')
    .map(({ description }) => JSON.parse(description!));
  return [...own, ...suites.flatMap(bytesIn)];
}
