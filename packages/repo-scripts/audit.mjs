#!/usr/bin/env node
// `npm run audit`: asks the registry for known vulnerabilities of what the
// published plugins install in production. Exits with 0 when everything that is
// known is explained, 1 when something is not, 2 when it could not be checked.
import { readFileSync } from 'node:fs';
import {
  knownAdvisories,
  NotCheckedError,
  openAdvisories,
} from './lib/advisories.mjs';
import { installEnvironment } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { productionTree, publishedPlugins } from './lib/productionTree.mjs';

const explained = JSON.parse(
  readFileSync(inRoot('packages', 'repo-scripts', 'advisories.json'), 'utf8'),
);
const registry =
  process.env.YARN_NPM_REGISTRY_SERVER ??
  installEnvironment().YARN_NPM_REGISTRY_SERVER;
const tree = productionTree(publishedPlugins());

try {
  const advisories = await knownAdvisories(tree, registry);
  const open = openAdvisories(advisories, explained);
  for (const line of open) process.stdout.write(`${line}\n`);
  process.stdout.write(
    `${tree.length} packages checked, ${advisories.length} advisories, ${open.length} to do\n`,
  );
  if (open.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof NotCheckedError)) throw error;
  process.stdout.write(
    `NOT CHECKED: ${error.message}. Nothing is known about ${tree.length} packages; run this where npm's audit works.\n`,
  );
  process.exitCode = 2;
}
