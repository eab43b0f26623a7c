import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { fileProblems } from '../src/checks/fileProblems';
import { importProblems } from '../src/checks/importProblems';
import { manifestProblems } from '../src/checks/manifestProblems';
import { readPackage } from '../src/checks/PackageFolder';

/** A package that nothing is wrong with. */
const good = {
  'package.json': JSON.stringify({
    name: '@roadbed/good',
    version: '0.2.0',
    main: './dist/index.cjs.js',
    types: './dist/index.d.ts',
    configSchema: 'config.schema.json',
    backstage: {
      role: 'backend-plugin',
      features: { '.': '@backstage/BackendFeature' },
    },
    exports: {
      '.': {
        backstage: '@backstage/BackendFeature',
        require: './dist/index.cjs.js',
        types: './dist/index.d.ts',
        default: './dist/index.cjs.js',
      },
      './package.json': './package.json',
    },
    dependencies: { '@roadbed/other': '^0.1.0', knex: '^3.0.0' },
  }),
  'README.md': '# Good',
  LICENSE: 'the license',
  'config.schema.json': '{"type":"object","properties":{"good":{}}}',
  'dist/index.cjs.js':
    "require('node:fs'); require('knex/lib/x'); require('./part.cjs.js');",
  'dist/part.cjs.js': "import('@roadbed/other');",
  'dist/index.d.ts': "export declare const x: import('knex').Knex;",
  'migrations/1_first.js': '',
};
const other = { name: '@roadbed/other', version: '0.1.4' };
const source = { 'config.d.ts': '', 'migrations/1_first.js': '' };

let root: string;

test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'roadbed-checks-'));
});
test.afterEach(() => rmSync(root, { recursive: true }));

function write(folder: string, files: Record<string, string | undefined>) {
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(root, folder, path)), { recursive: true });
    writeFileSync(join(root, folder, path), text);
  }
  return join(root, folder);
}

/** All problems of the good package with some files replaced (`undefined`: left out). */
function problemsWith(changes: Record<string, string | undefined>) {
  const folder = readPackage(write('package', { ...good, ...changes }));
  const from = write('source', source);
  return [
    ...fileProblems({ package: folder, source: from, license: 'the license' }),
    ...manifestProblems({
      package: folder,
      siblings: [folder.manifest, other],
      source: from,
    }),
    ...importProblems(folder),
  ];
}

const manifestWith = (changes: object) => ({
  'package.json': JSON.stringify({
    ...JSON.parse(good['package.json']),
    ...changes,
  }),
});

test('nothing is found where nothing is wrong', () => {
  expect(problemsWith({})).toEqual([]);
});

test('files that are not published are found', () => {
  expect(
    problemsWith({
      'src/index.ts': '',
      'dist/a.test.cjs.js': '',
      'dist/__testUtils__/b.cjs.js': '',
    }),
  ).toEqual([
    'dist/__testUtils__/b.cjs.js is code for tests, which is not published',
    'dist/a.test.cjs.js is a test, which is not published',
    'src/index.ts is source code, which is not published',
    'src/index.ts is TypeScript, which is not published',
  ]);
});

test('files that are missing are found', () => {
  expect(
    problemsWith({
      'README.md': undefined,
      LICENSE: 'another license',
      'migrations/1_first.js': undefined,
    }),
  ).toEqual([
    expect.stringContaining('README.md is missing'),
    expect.stringContaining('LICENSE differs'),
    expect.stringContaining('migrations/1_first.js is missing'),
  ]);
});

test('paths that lead nowhere are found', () => {
  expect(
    problemsWith({ 'dist/index.d.ts': undefined }).map(problem =>
      problem.replace(/ leads to .*/, ''),
    ),
  ).toEqual(['types', 'exports["."].types']);
});

test('entry points without types, feature or manifest are found', () => {
  expect(
    problemsWith(
      manifestWith({
        backstage: { role: 'backend-plugin' },
        exports: { '.': { default: './dist/index.cjs.js' } },
      }),
    ),
  ).toEqual([
    'exports["."] has no types',
    expect.stringContaining('exports["./package.json"] is missing'),
    expect.stringContaining('backstage.features has no'),
  ]);
});

test('ranges that no registry can answer are found', () => {
  expect(
    problemsWith(
      manifestWith({
        dependencies: {
          '@roadbed/other': '^0.2.0',
          '@roadbed/private': '^0.0.0',
          knex: 'workspace:^',
        },
      }),
    ),
  ).toEqual([
    'the range "^0.2.0" of @roadbed/other excludes its version 0.1.4',
    '@roadbed/private is not published',
    'the range "workspace:^" of knex means nothing to a registry',
  ]);
});

test('a configuration schema that says nothing is found', () => {
  expect(problemsWith(manifestWith({ configSchema: undefined }))).toEqual([
    expect.stringContaining('configSchema is missing'),
  ]);
  expect(problemsWith({ 'config.schema.json': '{"type":"object"}' })).toEqual([
    expect.stringContaining('describes no key'),
  ]);
});

test('imports that work in the checkout only are found', () => {
  expect(
    problemsWith({
      'dist/part.cjs.js': "require('express'); require('../../away');",
      'dist/index.d.ts': "export { X } from '@scope/name/deep';",
    }),
  ).toEqual([
    expect.stringContaining('dist/index.d.ts imports @scope/name/deep'),
    expect.stringContaining('imports express: add express'),
    expect.stringContaining('imports ../../away, which is not in the tarball'),
  ]);
});
