#!/usr/bin/env node
// `npm start`: from a fresh clone to a living portal. Plain Node, because it
// runs before anything is installed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { isAbsolute, join } from 'node:path';
import { contentStamp } from './lib/contentStamp.mjs';
import { install } from './lib/install.mjs';
import { kubeconfigClusters } from './lib/kubeconfigClusters.mjs';
import { nodeVersionProblem } from './lib/nodeVersion.mjs';
import { inRoot } from './lib/paths.mjs';
import { start, stop, run, tail } from './lib/run.mjs';
import { startOptions } from './lib/startOptions.mjs';

const began = Date.now();
const running = [];
let stopping = false;

function say(text) {
  const seconds = ((Date.now() - began) / 1000).toFixed(0).padStart(4);
  process.stdout.write(`${seconds} s  ${text}\n`);
}

async function stopAll() {
  stopping = true;
  await Promise.all(running.map(part => stop(part)));
}

/** Starts a part of the portal and waits until `ready` recognises a line of it. */
async function startPart({ name, ready, ...options }) {
  let resolveReady;
  const isReady = new Promise(resolve => {
    resolveReady = resolve;
  });
  const part = start({
    ...options,
    onLine: line => {
      const answer = ready(line);
      if (answer) resolveReady(answer);
    },
  });
  running.push(part);
  const ended = part.exited.then(code => {
    if (stopping) return undefined;
    throw new Error(
      `${name} ended by itself (exit ${code}). End of ${part.log}:\n${tail(
        part.log,
      )}`,
    );
  });
  // After the start, an end of any part is the end of the portal.
  ended.catch(async error => {
    if (stopping) return;
    process.stderr.write(`${error.message}\n`);
    await stopAll();
    process.exit(1);
  });
  return await Promise.race([isReady, ended]);
}

async function assertPortFree(port) {
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', error =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is in use. Choose another: npm start -- --port ${
                port + 1
              }`,
            )
          : error,
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(resolve));
  });
}

/** A TypeScript program of this repository, run from its source. */
const fromSource = file => [
  '--require',
  '@backstage/cli/config/nodeTransform.cjs',
  file,
];

async function buildApp({ name, logs }) {
  const stamp = contentStamp(
    inRoot('packages', name, 'dist', '.roadbed-build'),
    [
      inRoot('yarn.lock'),
      inRoot('app-config.yaml'),
      inRoot('packages', name),
      inRoot('plugins', 'platform'),
      inRoot('plugins', 'platform-common'),
    ],
  );
  if (stamp.isCurrent()) return;
  say(`building the frontend (packages/${name}) …`);
  const log = join(logs, 'build.log');
  const code = await run({
    command: process.execPath,
    args: [
      inRoot('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'package',
      'build',
      '--config',
      inRoot('app-config.yaml'),
    ],
    cwd: inRoot('packages', name),
    log,
  });
  if (code !== 0) {
    throw new Error(
      `The build failed (exit ${code}). End of ${log}:\n${tail(log)}`,
    );
  }
  stamp.save();
}

/** Starts or finds the clusters. @returns the configuration file that names them, if one was made */
async function provideClusters({ options, stateDir, logs }) {
  if (options.kubeconfig) {
    const { parse } = await import('yaml');
    const text = readFileSync(options.kubeconfig, 'utf8');
    const { config, skipped } = kubeconfigClusters(
      parse(text),
      options.kubeconfig,
    );
    skipped.forEach(say);
    const file = join(stateDir, 'app-config.kubernetes.yaml');
    writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
    return file;
  }
  if (!options.real && hasOwnClusters()) {
    say('clusters: those of app-config.local.yaml');
    return undefined;
  }
  const [what, cli] = options.real
    ? ['real control planes', 'packages/test-servers/src/cli.ts']
    : ['simulated clusters', 'packages/fleet-simulator/src/cli.ts'];
  say(`starting ${what} …`);
  const line = await startPart({
    name: what,
    command: process.execPath,
    args: [
      ...fromSource(inRoot(cli)),
      '--state-dir',
      stateDir,
      ...(options.still ? ['--still'] : []),
    ],
    log: join(logs, 'clusters.log'),
    ready: text => {
      if (text.startsWith('ready')) return text;
      // Real control planes may have to be built first, which takes minutes.
      if (options.real && text.trim()) say(text);
      return undefined;
    },
  });
  say(line);
  return join(stateDir, 'app-config.kubernetes.yaml');
}

function hasOwnClusters() {
  const file = inRoot('app-config.local.yaml');
  return existsSync(file) && /^kubernetes:/m.test(readFileSync(file, 'utf8'));
}

/** What depends on the port and the folder: read after the files in git. */
function writeAddresses({ options, stateDir, appName }) {
  const url = `http://localhost:${options.port}`;
  const database = join(stateDir, 'database');
  mkdirSync(database, { recursive: true });
  const file = join(stateDir, 'app-config.addresses.yaml');
  const config = {
    app: { baseUrl: url, packageName: appName },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port: options.port },
      cors: { origin: url },
      database: {
        client: 'better-sqlite3',
        connection: { directory: database },
      },
    },
  };
  writeFileSync(file, JSON.stringify(config, null, 2));
  return { file, url };
}

async function main() {
  const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const problem = nodeVersionProblem(process.versions.node, engines.node);
  if (problem) throw new Error(problem);
  const options = startOptions(process.argv.slice(2), process.env);
  if (options.help) {
    process.stdout.write(`${options.help}\n`);
    return;
  }
  await assertPortFree(options.port);
  const base = isAbsolute(options.stateDir)
    ? options.stateDir
    : inRoot(options.stateDir);
  // The fleets are kept apart: one must never look like another grown stale.
  const stateDir = join(base, fleetName(options));
  const logs = join(stateDir, 'logs');
  mkdirSync(logs, { recursive: true });

  say('checking the installation …');
  if (await install({ log: join(logs, 'install.log') })) say('installed');
  const appName = options.legacy ? 'app-legacy' : 'app';
  await buildApp({ name: appName, logs });
  const kubernetes = await provideClusters({ options, stateDir, logs });
  const { file: addresses, url } = writeAddresses({
    options,
    stateDir,
    appName,
  });

  say('starting the portal …');
  const local = inRoot('app-config.local.yaml');
  const configs = [
    inRoot('app-config.yaml'),
    inRoot('app-config.demo.yaml'),
    kubernetes,
    addresses,
    existsSync(local) ? local : undefined,
  ].filter(Boolean);
  await startPart({
    name: 'the portal',
    command: process.execPath,
    args: [
      ...fromSource(inRoot('packages', 'backend', 'src', 'index.ts')),
      ...configs.flatMap(config => ['--config', config]),
    ],
    cwd: inRoot('packages', 'backend'),
    env: {
      NODE_ENV: 'development',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    },
    log: join(logs, 'portal.log'),
    ready: text => /Plugin initialization complete/.test(text),
  });
  say(`the portal is at ${url} (Ctrl-C stops it; logs are in ${logs})`);
}

function fleetName(options) {
  if (options.kubeconfig) return 'kubeconfig';
  return options.real ? 'real' : 'simulator';
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    if (running.length > 0) process.stdout.write('\n');
    say('stopping …');
    await stopAll();
    process.exit(0);
  });
}

main().catch(async error => {
  process.stderr.write(`\n${error.message}\n`);
  await stopAll();
  process.exit(1);
});
