import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import type { Manifest } from '../Manifest';
import type { PackageFolder } from './PackageFolder';

/** The kind of feature that a package of a role has to offer at some entry point. */
const featureOfRole: Record<string, string> = {
  'backend-plugin': '@backstage/BackendFeature',
  'backend-plugin-module': '@backstage/BackendFeature',
  'frontend-plugin': '@backstage/FrontendPlugin',
  'frontend-plugin-module': '@backstage/FrontendModule',
};

/**
 * Where the manifest of a tarball leads nowhere.
 *
 * @param siblings - the manifests that are published together with this one
 * @param source - the package's folder in the checkout
 */
export function manifestProblems(options: {
  package: PackageFolder;
  siblings: Manifest[];
  source: string;
}): string[] {
  const { package: folder, siblings, source } = options;
  return [
    ...deadPaths(folder),
    ...untypedExports(folder.manifest),
    ...missingFeature(folder.manifest),
    ...badRanges(folder.manifest, siblings),
    ...badConfigSchema(folder, source),
  ];
}

function deadPaths({ manifest, files }: PackageFolder): string[] {
  const { main, module, types, exports = {}, typesVersions = {} } = manifest;
  const paths: [string, string | undefined][] = [
    ['main', main],
    ['module', module],
    ['types', types],
  ];
  for (const [entry, target] of Object.entries(exports)) {
    const conditions = typeof target === 'string' ? { '': target } : target;
    for (const [condition, path] of Object.entries(conditions)) {
      // Not a path: the kind of the feature that is exported here.
      if (condition === 'backstage') continue;
      paths.push([`exports["${entry}"].${condition}`, path]);
    }
  }
  for (const [entry, list] of Object.entries(typesVersions['*'] ?? {})) {
    for (const path of list) paths.push([`typesVersions["${entry}"]`, path]);
  }
  return paths
    .filter(([, path]) => path && !files.includes(path.replace(/^\.\//, '')))
    .map(([key, path]) => `${key} leads to ${path}, which is not in it`);
}

function untypedExports({ exports = {} }: Manifest): string[] {
  const problems = Object.entries(exports)
    .filter(([, target]) => typeof target !== 'string' && !target.types)
    .map(([entry]) => `exports["${entry}"] has no types`);
  if (exports['./package.json'] !== './package.json') {
    problems.push(
      'exports["./package.json"] is missing: Backstage skips packages that hide it',
    );
  }
  return problems;
}

function missingFeature({ backstage }: Manifest): string[] {
  const { role = '', features = {} } = backstage ?? {};
  const feature = featureOfRole[role];
  if (!feature || Object.values(features).includes(feature)) return [];
  return [
    `backstage.features has no "${feature}", which a ${role} has to offer: is it a default export?`,
  ];
}

function badRanges(manifest: Manifest, siblings: Manifest[]): string[] {
  const ranges = Object.entries({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
  return ranges.flatMap(([name, range]) => {
    if (!semver.validRange(range) || range === '*') {
      return `the range "${range}" of ${name} means nothing to a registry`;
    }
    const sibling = siblings.find(other => other.name === name);
    if (sibling && !semver.satisfies(sibling.version, range)) {
      return `the range "${range}" of ${name} excludes its version ${sibling.version}`;
    }
    if (!sibling && name.startsWith('@roadbed/')) {
      return `${name} is not published`;
    }
    return [];
  });
}

function badConfigSchema(
  { dir, manifest, files }: PackageFolder,
  source: string,
): string[] {
  const { configSchema } = manifest;
  if (configSchema === undefined) {
    return existsSync(join(source, 'config.d.ts'))
      ? ['configSchema is missing, and config.d.ts says nothing to anybody']
      : [];
  }
  if (typeof configSchema !== 'string' || !files.includes(configSchema)) {
    return [`configSchema leads to ${configSchema}, which is not in it`];
  }
  const schema = JSON.parse(readFileSync(join(dir, configSchema), 'utf8'));
  return Object.keys(schema.properties ?? {}).length > 0
    ? []
    : [`${configSchema} describes no key of the configuration`];
}
