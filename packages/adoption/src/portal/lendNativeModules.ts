import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import { readManifest } from '../Manifest';

function installedPackages(modules: string): string[] {
  return readdirSync(modules).flatMap(name =>
    name.startsWith('@')
      ? readdirSync(join(modules, name)).map(part => join(name, part))
      : [name],
  );
}

/**
 * Copies the native modules that the checkout has built into the same versions
 * of the portal. To build them again takes minutes, and proves nothing about
 * Roadbed, which has none.
 */
export function lendNativeModules(portal: string): void {
  const modules = join(portal, 'node_modules');
  for (const name of installedPackages(modules)) {
    const from = inRoot('node_modules', name);
    const built = join(from, 'build', 'Release');
    if (
      existsSync(join(modules, name, 'binding.gyp')) &&
      existsSync(built) &&
      readManifest(from).version === readManifest(join(modules, name)).version
    ) {
      cpSync(built, join(modules, name, 'build', 'Release'), {
        recursive: true,
      });
    }
  }
}
