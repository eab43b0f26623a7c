import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageFolder } from './PackageFolder';

const neverPublished = [
  { pattern: /^(src|dev|e2e-tests)\//, what: 'source code' },
  { pattern: /(?<!\.d)\.tsx?$/, what: 'TypeScript' },
  { pattern: /\.(test|stories)\./, what: 'a test' },
  { pattern: /__testUtils__|__mocks__|setupTests/, what: 'code for tests' },
];

/**
 * What is in a tarball and should not be, or is missing from it.
 *
 * @param source - the package's folder in the checkout
 * @param license - the license of the repository, which each package repeats
 */
export function fileProblems(options: {
  package: PackageFolder;
  source: string;
  license: string;
}): string[] {
  const {
    package: { dir, files },
    source,
    license,
  } = options;
  const problems = files.flatMap(file =>
    neverPublished
      .filter(({ pattern }) => pattern.test(file))
      .map(({ what }) => `${file} is ${what}, which is not published`),
  );
  if (!files.some(file => /^dist\/.*\.js$/.test(file))) {
    problems.push('dist/ has no JavaScript: was it built?');
  }
  if (!files.includes('README.md')) {
    problems.push('README.md is missing: say what the package is for');
  }
  if (!files.includes('LICENSE')) {
    problems.push('LICENSE is missing: copy that of the repository');
  } else if (readFileSync(join(dir, 'LICENSE'), 'utf8') !== license) {
    problems.push('LICENSE differs from that of the repository');
  }
  return [...problems, ...missingMigrations({ source, files })];
}

function missingMigrations(options: { source: string; files: string[] }) {
  const folder = join(options.source, 'migrations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map(name => `migrations/${name}`)
    .filter(file => !options.files.includes(file))
    .map(
      file =>
        `${file} is missing: "files" of package.json needs "migrations/**/*.{js,d.ts}"`,
    );
}
