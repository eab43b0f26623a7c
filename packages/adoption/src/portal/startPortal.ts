import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '@roadbed/repo-scripts/lib/paths.mjs';
import type { Workshop } from '../Workshop';
import { freePort } from './freePort';

/** Starts the simulated clusters. @returns the configuration that names them */
export async function startFleet(workshop: Workshop): Promise<string> {
  const state = workshop.path('fleet');
  mkdirSync(state);
  await workshop.serve({
    name: 'fleet',
    args: [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      inRoot('packages', 'fleet-simulator', 'src', 'cli.ts'),
      '--state-dir',
      state,
      '--still',
    ],
    cwd: inRoot(),
    ready: line => line.startsWith('ready'),
  });
  return join(state, 'app-config.kubernetes.yaml');
}

/** Starts a backend of the portal that serves one of its apps. @returns its address */
export async function startPortal(options: {
  workshop: Workshop;
  portal: string;
  /** Package of the app. */
  app: string;
  /** File under `packages/backend/src`. */
  entry: string;
  /** Configuration beside the portal's own. */
  configs: string[];
}): Promise<string> {
  const { workshop, portal, app, entry, configs } = options;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const own = workshop.path(`app-config.${app}.json`);
  writeFileSync(
    own,
    JSON.stringify({
      app: { baseUrl: url, packageName: app },
      backend: { baseUrl: url, listen: { host: '127.0.0.1', port } },
    }),
  );
  await workshop.serve({
    name: `portal-${app}`,
    args: [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join('src', entry),
      ...[join(portal, 'app-config.yaml'), ...configs, own].flatMap(file => [
        '--config',
        file,
      ]),
    ],
    cwd: join(portal, 'packages', 'backend'),
    env: { NODE_ENV: 'production' },
    ready: line => line.includes('Plugin initialization complete'),
  });
  return url;
}
