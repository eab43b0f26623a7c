import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import { extract } from 'tar';
import type { Workshop } from '../Workshop';
import { copyCheckout } from './copyCheckout';
import { publicPlugins } from './publicPlugins';

/** What `tsc` leaves out: code that only tests load. */
const notPublished = [
  '**/node_modules',
  '**/*.test.ts',
  '**/*.test.tsx',
  '**/__testUtils__',
  '**/setupTests.ts',
];

/** Programs at a time: packing is bound by the processor. */
const CONCURRENCY = 2;

/** A packed plugin. */
export type PackedPlugin = {
  /** Such as `@roadbed/backstage-plugin-platform`. */
  name: string;
  /** Its folder under `plugins/`. */
  folder: string;
  tarball: string;
  /** Where the tarball is unpacked. */
  dir: string;
};

/**
 * Declares, builds and packs every public plugin of the checkout, as a release
 * does: `tsc`, `backstage-cli repo build`, then `yarn pack` with its `prepack`.
 */
export async function packPlugins(workshop: Workshop): Promise<PackedPlugin[]> {
  const copy = workshop.inCheckout('copy');
  copyCheckout(copy);
  writeFileSync(
    join(copy, 'tsconfig.declarations.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      include: ['plugins/*/src'],
      exclude: notPublished,
      compilerOptions: { incremental: false },
    }),
  );
  await workshop.run({
    name: 'declarations',
    args: [
      inRoot('node_modules/typescript/bin/tsc'),
      '--project',
      'tsconfig.declarations.json',
      '--pretty',
      'false',
    ],
    cwd: copy,
  });
  await workshop.run({
    name: 'build-plugins',
    args: [
      inRoot('node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'build',
    ],
    cwd: copy,
  });
  const waiting = publicPlugins();
  const packed: PackedPlugin[] = [];
  const packNext = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      packed.push(await pack({ workshop, copy, ...next }));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, packNext));
  return packed.sort((a, b) => a.name.localeCompare(b.name));
}

async function pack(options: {
  workshop: Workshop;
  copy: string;
  name: string;
  folder: string;
}): Promise<PackedPlugin> {
  const { workshop, copy, name, folder } = options;
  const tarball = workshop.path('tarballs', `${folder}.tgz`);
  mkdirSync(workshop.path('tarballs'), { recursive: true });
  await workshop.yarn({
    name: `pack-${folder}`,
    args: ['pack', '--out', tarball],
    cwd: join(copy, 'plugins', folder),
  });
  const dir = workshop.path('unpacked', folder);
  mkdirSync(dir, { recursive: true });
  await extract({ file: tarball, cwd: dir, strip: 1 });
  return { name, folder, tarball, dir };
}
