import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import ts from 'typescript';
import type { PackageFolder } from './PackageFolder';

/** What may be left out of a relative import. */
const endings = ['', '.js', '.d.ts', '/index.js', '/index.d.ts'];

/**
 * Imports that work in the checkout only: of packages that the manifest does
 * not ask for, and of files that are not in the tarball.
 */
export function importProblems({
  dir,
  manifest,
  files,
}: PackageFolder): string[] {
  const asked = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
    ...Object.keys(manifest.optionalDependencies ?? {}),
  ]);
  return files
    .filter(file => /\.(js|d\.ts)$/.test(file))
    .flatMap(file =>
      importsOf(join(dir, file))
        .filter(name =>
          name.startsWith('.')
            ? !leadsToFile({ from: file, name, files })
            : !isBuiltin(name) && !asked.has(packageOf(name)),
        )
        .map(name =>
          name.startsWith('.')
            ? `${file} imports ${name}, which is not in the tarball`
            : `${file} imports ${name}: add ${packageOf(
                name,
              )} to dependencies or peerDependencies`,
        ),
    );
}

function importsOf(path: string): string[] {
  const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(
    readFileSync(path, 'utf8'),
    true,
    true,
  );
  return [...importedFiles, ...typeReferenceDirectives].map(
    ({ fileName }) => fileName,
  );
}

function leadsToFile(options: {
  from: string;
  name: string;
  files: string[];
}): boolean {
  const target = posix.join(posix.dirname(options.from), options.name);
  return endings.some(ending => options.files.includes(target + ending));
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}
