import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import { expect, test } from '@playwright/test';
import { readAdoption } from '../src/Adoption';
import { declarationProblems } from '../src/checks/declarationProblems';
import { fileProblems } from '../src/checks/fileProblems';
import { importProblems } from '../src/checks/importProblems';
import { manifestProblems } from '../src/checks/manifestProblems';
import { readPackage } from '../src/checks/PackageFolder';
import { portalSchema } from '../src/checks/portalSchema';
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

test('the configuration schema of a portal knows what the backend packages read', async () => {
  const { properties } = await portalSchema(readAdoption().portal);
  const described = allPackages().filter(
    ({ manifest }) =>
      manifest.configSchema && manifest.backstage?.role?.startsWith('backend-'),
  );
  expect(described).not.toEqual([]);
  for (const { dir, manifest } of described) {
    const own = JSON.parse(
      readFileSync(join(dir, String(manifest.configSchema)), 'utf8'),
    );
    for (const key of Object.keys(own.properties)) {
      expect(Object.keys(properties[key] ?? {})).toEqual(
        expect.arrayContaining(Object.keys(own.properties[key])),
      );
    }
  }
});
