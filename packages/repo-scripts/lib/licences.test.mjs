import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import {
  isAllowed,
  licenceDocument,
  licenceProblems,
  licensedPackages,
} from './licences.mjs';
import { productionTree, publishedPlugins } from './productionTree.mjs';

const policy = {
  allowed: { MIT: 'keep the notice', ISC: 'the same' },
  exceptions: { silent: { licence: 'MIT', why: 'its readme says so' } },
};

/** A checkout with one plugin and what it has installed. */
function checkout(t, packages) {
  const root = mkdtempSync(join(tmpdir(), 'roadbed-licences-'));
  t.after(() => rmSync(root, { recursive: true }));
  const put = (place, manifest) => {
    mkdirSync(join(root, place), { recursive: true });
    writeFileSync(join(root, place, 'package.json'), JSON.stringify(manifest));
  };
  for (const [place, manifest] of Object.entries(packages)) {
    put(place, { version: '1.0.0', ...manifest });
  }
  return publishedPlugins(root);
}

test('the tree has what plugins need in production, and nothing else', t => {
  const roots = checkout(t, {
    'plugins/a': {
      name: 'a',
      dependencies: { one: '^1' },
      devDependencies: { dev: '^1' },
      peerDependencies: { react: '^18' },
    },
    'plugins/b': { name: 'b', private: true, dependencies: { dev: '^1' } },
    'node_modules/one': {
      name: 'one',
      dependencies: { two: '^1' },
      optionalDependencies: { absent: '^1', binary: '^1' },
    },
    'node_modules/two': { name: 'two', dependencies: { one: '^1' } },
    'node_modules/one/node_modules/two': { name: 'two', version: '2.0.0' },
    'node_modules/binary': { name: 'binary', os: ['linux'] },
    'node_modules/dev': { name: 'dev' },
    'node_modules/react': { name: 'react' },
  });
  assert.deepEqual(
    productionTree(roots).map(({ manifest }) => [
      manifest.name,
      manifest.version,
    ]),
    [
      ['one', '1.0.0'],
      ['two', '2.0.0'],
    ],
  );
});

test('a dependency that is not installed is an error', t => {
  const roots = checkout(t, {
    'plugins/a': { name: 'a', dependencies: { gone: '^1' } },
  });
  assert.throws(() => productionTree(roots), /gone, a dependency of a, is not/);
});

test('a licence is allowed by its id, one of a choice, all of a sum', () => {
  for (const licence of ['MIT', '(MIT OR GPL-3.0)', 'MIT AND ISC']) {
    assert.equal(isAllowed(licence, policy), true, licence);
  }
  for (const licence of [
    'none',
    'GPL-3.0',
    'MIT AND GPL-3.0',
    'MIT OR (ISC AND GPL-3.0)',
    'toString',
  ]) {
    assert.equal(isAllowed(licence, policy), false, licence);
  }
});

test('manifests of every age are understood', () => {
  const tree = [
    { name: 'new', version: '1', license: 'ISC' },
    { name: 'old', version: '1', licenses: [{ type: 'MIT', url: 'x' }] },
    { name: 'object', version: '1', license: { type: 'MIT' } },
    { name: 'silent', version: '1' },
    { name: 'unknown', version: '1' },
    { name: 'new', version: '2', license: 'ISC' },
  ].map(manifest => ({ manifest }));
  const packages = licensedPackages(tree, policy);
  assert.deepEqual(
    packages.map(({ name, versions, licence }) => [
      name,
      versions.join(),
      licence,
    ]),
    [
      ['new', '1,2', 'ISC'],
      ['old', '1', 'MIT'],
      ['object', '1', 'MIT'],
      ['silent', '1', 'MIT'],
      ['unknown', '1', 'none'],
    ],
  );
  assert.match(
    licenceProblems(packages, policy).join(),
    /^unknown 1 has the licence none, which/,
  );
  assert.match(
    licenceDocument(packages, policy),
    /\| new +\| 1, 2 +\| ISC +\|/,
  );
});

test('an exception that nothing needs any more is a problem', () => {
  assert.match(
    licenceProblems([], policy).join(),
    /an exception for silent, which is not installed/,
  );
});
