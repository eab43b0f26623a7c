import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import { readManifest, type Manifest } from '../Manifest';

const source = inRoot('packages', 'adoption');

/** Stands in the portal's manifests for the range that this package has. */
const SAME_AS_HERE = '*';

/** The range in which this repository uses a package. */
export function rangeInUse(name: string): string {
  const { dependencies, devDependencies } = readManifest(source);
  const range = devDependencies?.[name] ?? dependencies?.[name];
  if (!range) {
    throw new Error(
      `packages/adoption/package.json: the bare portal uses "${name}"; add it to devDependencies, so that it is in the lock file`,
    );
  }
  return range;
}

/** Reads, changes and writes a manifest of the portal. */
export function editManifest(
  dir: string,
  edit: (manifest: Manifest & { resolutions?: Record<string, string> }) => void,
): void {
  const manifest = readManifest(dir);
  edit(manifest);
  writeFileSync(
    join(dir, 'package.json'),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
}

/** Puts lines before the first occurrence of a text. @throws Error when it does not occur */
export function insertBefore(options: {
  file: string;
  marker: string;
  lines: string[];
}): void {
  const { file, marker, lines } = options;
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf(marker);
  if (at < 0) throw new Error(`${file}: expected to find "${marker}"`);
  writeFileSync(
    file,
    `${text.slice(0, at)}${lines.join('\n')}\n${text.slice(at)}`,
  );
}

/**
 * Writes the bare portal: what a team has before it adds Roadbed, with the
 * versions of this repository's lock file.
 */
export function writeBarePortal(to: string): void {
  cpSync(join(source, 'portal'), to, { recursive: true });
  cpSync(inRoot('yarn.lock'), join(to, 'yarn.lock'));
  cpSync(inRoot('backstage.json'), join(to, 'backstage.json'));
  const { resolutions } = JSON.parse(
    readFileSync(inRoot('package.json'), 'utf8'),
  );
  editManifest(to, manifest => {
    manifest.resolutions = resolutions;
  });
  const workspaces = readdirSync(join(to, 'packages')).map(name =>
    join(to, 'packages', name),
  );
  for (const dir of [to, ...workspaces]) {
    editManifest(dir, ({ dependencies = {}, devDependencies = {} }) => {
      for (const list of [dependencies, devDependencies]) {
        for (const [name, range] of Object.entries(list)) {
          if (range === SAME_AS_HERE) list[name] = rangeInUse(name);
        }
      }
    });
  }
}
