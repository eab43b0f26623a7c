/**
 * The backend alone, over a few simulated clusters that show what can happen:
 * `yarn start`, then `curl http://localhost:7007/api/platform/fleet/summary`.
 * Everybody is signed in; the database is in memory.
 */
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import kubernetesModulePlatform from '@roadbed/backstage-plugin-kubernetes-backend-module-platform';
import platformPlugin from '../src';
import { startDevClusters } from './clusters';

async function main() {
  const clusters = await startDevClusters();
  const backend = createBackend();
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: 'http://localhost:3000' },
        backend: {
          baseUrl: 'http://localhost:7007',
          listen: { host: '127.0.0.1', port: 7007 },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        kubernetes: {
          serviceLocatorMethod: { type: 'multiTenant' },
          clusterLocatorMethods: [{ type: 'config', clusters }],
        },
        platform: {
          fleet: {
            clusters: clusters.map(({ name }) => ({
              name,
              environment: name.split('-').pop(),
            })),
          },
        },
      },
    }),
  );
  backend.add(kubernetesPlugin);
  backend.add(kubernetesModulePlatform);
  backend.add(platformPlugin);
  await backend.start();
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
