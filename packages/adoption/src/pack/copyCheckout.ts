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

/**
 * Lends the copy what is installed. The packages of the workspace itself are
 * links into the checkout, so they are linked anew into the copy.
 */
function linkModules(to: string): void {
  const own = new Map(
    ['packages', 'plugins'].flatMap(folder =>
      readdirSync(join(to, folder))
        .map(name => join(folder, name))
        .filter(dir => existsSync(join(to, dir, 'package.json')))
        .map(dir => {
          const { name } = JSON.parse(
            readFileSync(join(to, dir, 'package.json'), 'utf8'),
          );
          return [name as string, dir] as const;
        }),
    ),
  );
  const scopesOfOwn = new Set(
    [...own.keys()].map(name => name.split('/')[0] as string),
  );
  mkdirSync(join(to, 'node_modules'));
  for (const name of readdirSync(inRoot('node_modules'))) {
    if (scopesOfOwn.has(name)) continue;
    symlinkSync(inRoot('node_modules', name), join(to, 'node_modules', name));
  }
  for (const [name, dir] of own) {
    const link = join(to, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(to, dir), link);
    const nested = inRoot(dir, 'node_modules');
    if (existsSync(nested)) symlinkSync(nested, join(to, dir, 'node_modules'));
  }
}
