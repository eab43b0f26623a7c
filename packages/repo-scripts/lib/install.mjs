import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { contentStamp } from './contentStamp.mjs';
import { inRoot, root } from './paths.mjs';
import { run, tail } from './run.mjs';

/**
 * Yarn reads neither npm's registry nor its headers: this says both, so that
 * whoever has npm set up needs to set up nothing else.
 */
export function installEnvironment(env = process.env) {
  const result = {};
  if (!env.YARN_NPM_REGISTRY_SERVER) {
    result.YARN_NPM_REGISTRY_SERVER = execFileSync(
      'npm',
      ['config', 'get', 'registry'],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        shell: process.platform === 'win32',
      },
    )
      .trim()
      .replace(/\/$/, '');
  }
  const prefix = resolve(dirname(process.execPath), '..');
  if (!env.npm_config_nodedir && headersMatch(prefix)) {
    result.npm_config_nodedir = prefix;
  }
  return result;
}

/** Native modules build without a download when Node's headers lie beside it. */
function headersMatch(prefix) {
  const header = join(prefix, 'include', 'node', 'node_version.h');
  if (!existsSync(header)) return false;
  const text = readFileSync(header, 'utf8');
  const part = name =>
    text.match(new RegExp(`#define NODE_${name}_VERSION (\\d+)`))?.[1];
  return (
    process.version === `v${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}`
  );
}

/** Manifests of all workspaces: with the lock file, what an install depends on. */
function manifests() {
  return ['packages', 'plugins'].flatMap(folder =>
    readdirSync(inRoot(folder)).map(name =>
      inRoot(folder, name, 'package.json'),
    ),
  );
}

/** The arguments that run the checked-in Yarn with this Node. */
export function yarnArgs(...args) {
  const release = readdirSync(inRoot('.yarn', 'releases')).find(name =>
    name.startsWith('yarn-'),
  );
  return [inRoot('.yarn', 'releases', release), ...args];
}

/**
 * Installs the dependencies when the lock file or a manifest changed since the
 * last time.
 *
 * @returns {Promise<boolean>} whether there was something to do
 * @throws Error with the tail of the log
 */
export async function install({ log }) {
  const stamp = contentStamp(inRoot('node_modules', '.roadbed-install'), [
    inRoot('yarn.lock'),
    inRoot('.yarnrc.yml'),
    inRoot('package.json'),
    ...manifests(),
  ]);
  if (stamp.isCurrent()) return false;
  const code = await run({
    command: process.execPath,
    args: yarnArgs('install', '--immutable'),
    env: installEnvironment(),
    log,
  });
  if (code !== 0) {
    throw new Error(
      `The install failed (exit ${code}). End of ${log}:\n${tail(log)}`,
    );
  }
  stamp.save();
  return true;
}
