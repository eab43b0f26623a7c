import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, type Manifest } from '../Manifest';

/** An unpacked tarball. */
export type PackageFolder = {
  dir: string;
  manifest: Manifest;
  /** Paths below `dir`, with `/` between parts. */
  files: string[];
};

/** Reads an unpacked tarball. */
export function readPackage(dir: string): PackageFolder {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(dir, path)).isFile())
    .map(path => path.replaceAll('\\', '/'))
    .sort();
  return { dir, manifest: readManifest(dir), files };
}
