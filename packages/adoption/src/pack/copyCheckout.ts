import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import { readManifest } from '../Manifest';

/** What a build or an install made, and a copy makes for itself. */
const made = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

const rootFiles = [
  'package.json',
  'tsconfig.json',
  'yarn.lock',
  'backstage.json',
  '.yarnrc.yml',
  '.yarn/releases',
];

/**
 * Copies what packing needs out of the checkout, uncommitted changes included.
 *
 * Packing rewrites manifests for a while; in a copy nobody sees that, and a
 * crash leaves nothing to restore. The private packages come along as
 * manifests only: the plugins name them in `devDependencies`.
 *
 * @param to - a folder within the checkout that git ignores
 */
export function copyCheckout(to: string): void {
  for (const file of rootFiles) {
    cpSync(inRoot(file), join(to, file), { recursive: true });
  }
  cpSync(inRoot('plugins'), join(to, 'plugins'), {
    recursive: true,
    filter: path => !made.has(basename(path)),
  });
  for (const name of readdirSync(inRoot('packages'))) {
    copyManifest(join('packages', name, 'package.json'), to);
  }
  linkModules(to);
}

/** Without scripts, which `backstage-cli repo build` takes as not to be built. */
function copyManifest(file: string, to: string): void {
  if (!existsSync(inRoot(file))) return;
  const { scripts: _, ...manifest } = JSON.parse(
    readFileSync(inRoot(file), 'utf8'),
  );
  mkdirSync(dirname(join(to, file)), { recursive: true });
  writeFileSync(join(to, file), JSON.stringify(manifest, null, 2));
}

/** What Yarn needs beside a manifest to run `backstage-cli package prepack`. */
const forPrepack = ['.yarn-state.yml', '@backstage/cli'];

/**
 * What is installed is found by going up from the copy, which lies within the
 * checkout. The packages of the workspace itself are linked anew, for the
 * checkout's links lead back to the originals.
 */
function linkModules(to: string): void {
  for (const name of forPrepack) {
    const link = join(to, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(inRoot('node_modules', name), link);
  }
  for (const folder of ['packages', 'plugins']) {
    for (const name of readdirSync(join(to, folder))) {
      const dir = join(folder, name);
      if (!existsSync(join(to, dir, 'package.json'))) continue;
      const link = join(to, 'node_modules', readManifest(join(to, dir)).name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(to, dir), link);
      const nested = inRoot(dir, 'node_modules');
      if (existsSync(nested)) {
        symlinkSync(nested, join(to, dir, 'node_modules'));
      }
    }
  }
}
