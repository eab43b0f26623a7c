import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

/**
 * An installed package.
 *
 * @typedef {object} InstalledPackage
 * @property {string} folder
 * @property {Record<string, any>} manifest
 */

function readPackage(folder) {
  return {
    folder,
    manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  };
}

/** The plugins that are published. @returns {InstalledPackage[]} */
export function publishedPlugins(repository = root) {
  const plugins = join(repository, 'plugins');
  return readdirSync(plugins)
    .filter(name => existsSync(join(plugins, name, 'package.json')))
    .map(name => readPackage(join(plugins, name)))
    .filter(({ manifest }) => !manifest.private);
}

/** Where Node finds a dependency of what lies in a folder. */
function findPackage(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) {
      return realpathSync(candidate);
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether it is installed on some machines only, such as a binary. */
function isOfOnePlatform({ os, cpu, libc }) {
  return Boolean(os || cpu || libc);
}

/**
 * What is installed with packages in production: their dependencies and those
 * of these. Peers are the portal's own and not among them, nor are packages
 * that exist for one platform.
 *
 * @param {InstalledPackage[]} roots not among the result
 * @returns {InstalledPackage[]} by name and version
 * @throws Error when a dependency is not installed
 */
export function productionTree(roots) {
  const found = new Map(roots.map(entry => [entry.folder, entry]));
  const starts = new Set(found.keys());
  for (const { folder, manifest } of found.values()) {
    const { dependencies = {}, optionalDependencies = {} } = manifest;
    const names = Object.keys({ ...dependencies, ...optionalDependencies });
    for (const name of names) {
      const place = findPackage(name, folder);
      if (place === undefined) {
        if (name in optionalDependencies) continue;
        throw new Error(
          `${name}, a dependency of ${manifest.name}, is not installed; run \`npm test -- --only types\` or yarn install first`,
        );
      }
      if (found.has(place)) continue;
      const entry = readPackage(place);
      if (!isOfOnePlatform(entry.manifest)) found.set(place, entry);
    }
  }
  const key = ({ manifest }) => `${manifest.name}@${manifest.version}`;
  return [...found.values()]
    .filter(({ folder }) => !starts.has(folder))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
