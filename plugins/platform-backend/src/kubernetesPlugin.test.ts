import { createBackendModule } from '@backstage/backend-plugin-api';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { kubernetesAuthStrategyExtensionPoint } from '@backstage/plugin-kubernetes-node';
import kubernetesModulePlatform from '@roadbed/backstage-plugin-kubernetes-backend-module-platform';
import {
  deployment,
  namespace,
  node,
  startSimulatedCluster,
  type SimulatedCluster,
} from '@roadbed/fleet-simulator';
import { storeTestDatabases } from './collect/store/__testUtils__/databases';
import {
  eventually,
  startPlatform,
  tokenStrategy,
} from './__testUtils__/startPlatform';

jest.setTimeout(90_000);

const databases = storeTestDatabases();

const strategies = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'test-strategies',
  register(env) {
    env.registerInit({
      deps: { strategies: kubernetesAuthStrategyExtensionPoint },
      async init({ strategies: point }) {
        point.addAuthStrategy('serviceAccount', tokenStrategy);
        point.addAuthStrategy('google', tokenStrategy);
      },
    });
  },
});

describe('with the Kubernetes plugin itself', () => {
  let prod: SimulatedCluster;
  const stops: Array<() => Promise<unknown>> = [];

  beforeEach(async () => {
    prod = await startSimulatedCluster({
      name: 'prod',
      version: 'v1.34.4',
      objects: [
        namespace({ name: 'shop' }),
        node({ name: 'node-1' }),
        deployment({ name: 'cart', namespace: 'shop', replicas: 2 }),
      ],
    });
    stops.push(() => prod.stop());
  });

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  async function start(options: {
    modules: Parameters<typeof startPlatform>[0]['features'];
    access?: string;
  }) {
    const platform = await startPlatform({
      knex: await databases.createEmpty('SQLITE_3'),
      features: [kubernetesPlugin, strategies, ...options.modules],
      platform: { collect: { access: options.access ?? 'auto' } },
      config: {
        kubernetes: {
          serviceLocatorMethod: { type: 'multiTenant' },
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'prod',
                  title: 'Production',
                  url: prod.url,
                  caData: prod.caData,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: prod.token,
                },
                {
                  name: 'personal',
                  url: prod.url,
                  caData: prod.caData,
                  authProvider: 'google',
                },
              ],
            },
          ],
        },
      },
    });
    stops.push(platform.stop);
    return platform;
  }

  it('collects what its module lends, and tells what it can not', async () => {
    const { cluster, get } = await start({
      modules: [kubernetesModulePlatform],
      access: 'direct',
    });
    const detail = await eventually(
      () => cluster('prod'),
      ({ state }) => state === 'fresh',
    );
    expect(detail).toMatchObject({
      title: 'Production',
      access: 'direct',
      identity: { uid: prod.uid },
      version: { minor: '1.34' },
      nodes: { total: 1, ready: 1 },
      workloads: { total: 1, notReady: 0 },
    });
    expect(await cluster('personal')).toMatchObject({
      state: 'not_collectable',
      reasons: [{ code: 'needs_user' }],
    });
    // All is well but the catalog, which is not there.
    const { checks } = await get('health');
    expect(
      checks
        .filter(({ status }: any) => status !== 'ok')
        .map(({ part }: any) => part),
    ).toEqual(['catalog']);
  });

  // Only which way is taken: the proxy itself imports an ES module to read a
  // cluster, which jest does not do.
  it.each([
    ['there is no module', 'auto', []],
    ['the configuration says so', 'proxy', [kubernetesModulePlatform]],
  ])('takes the proxy when %s', async (_, access, modules) => {
    const { cluster } = await start({ modules, access });
    const detail = await eventually(
      () => cluster('prod'),
      ({ coverage }) =>
        coverage.some(({ lastAttemptAt }: any) => lastAttemptAt !== null),
    );
    expect(detail.access).toBe('proxy');
    expect((await cluster('personal')).state).toBe('not_collectable');
  });

  it('says what to do when the direct way is wanted and nothing is lent', async () => {
    const { get } = await start({ modules: [], access: 'direct' });
    const { problems } = await eventually(
      () => get('health'),
      ({ status }) => status === 'not_ready',
    );
    expect(problems.join()).toMatch(
      /platform\.collect\.access is "direct".*kubernetes-backend-module-platform/,
    );
  });
});
