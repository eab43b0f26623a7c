#!/usr/bin/env node
// `npm run licences`: writes docs/licences.md; with --check it only says
// whether the file is current and every licence is allowed.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  licenceDocument,
  licensedPackages,
  licenceProblems,
} from './lib/licences.mjs';
import { inRoot } from './lib/paths.mjs';
import { productionTree, publishedPlugins } from './lib/productionTree.mjs';

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const file = inRoot('docs', 'licences.md');
const policy = JSON.parse(
  readFileSync(inRoot('packages', 'repo-scripts', 'licences.json'), 'utf8'),
);
const packages = licensedPackages(productionTree(publishedPlugins()), policy);
const text = licenceDocument(packages, policy);
const problems = licenceProblems(packages, policy);
if (!values.check) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  problems.push('docs/licences.md is out of date: run `npm run licences`');
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${packages.length} packages\n`);
if (problems.length > 0) process.exitCode = 1;
