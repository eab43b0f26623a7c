import { readFileSync } from 'node:fs';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import { expect, test } from '@playwright/test';
import { readAdoption } from '../src/Adoption';
import { declarationProblems } from '../src/checks/declarationProblems';
import { fileProblems } from '../src/checks/fileProblems';
import { importProblems } from '../src/checks/importProblems';
import { manifestProblems } from '../src/checks/manifestProblems';
import { readPackage } from '../src/checks/PackageFolder';
import { publicPlugins } from '../src/pack/publicPlugins';

const allPackages = () =>
  readAdoption().plugins.map(plugin => ({
    ...plugin,
    ...readPackage(plugin.dir),
  }));

for (const { name, folder } of publicPlugins()) {
  test.describe(name, () => {
    const source = inRoot('plugins', folder);
    const packed = () => {
      const found = allPackages().find(plugin => plugin.name === name);
      if (!found) throw new Error(`${name} was not packed`);
      return found;
    };

    test('holds what runs, and nothing else', () => {
      const license = readFileSync(inRoot('LICENSE'), 'utf8');
      expect(fileProblems({ package: packed(), source, license })).toEqual([]);
    });

    test('has a manifest that leads to what is there', () => {
      const siblings = allPackages().map(({ manifest }) => manifest);
      expect(manifestProblems({ package: packed(), siblings, source })).toEqual(
        [],
      );
    });

    test('asks for everything that it imports', () => {
      expect(importProblems(packed())).toEqual([]);
    });
  });
}

test('a portal compiles against the declarations of every entry point', () => {
  const manifests = allPackages().map(({ manifest }) => manifest);
  expect(declarationProblems(readAdoption().portal, manifests)).toEqual([]);
});
