import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { kubernetesRouterExtensionPoint } from '@backstage/plugin-kubernetes-node';
import {
  clusterLendingServiceRef,
  type ClusterLending,
} from '@roadbed/backstage-plugin-platform-node';
import kubernetesModulePlatform from '.';

const kubernetesConfig = {
  serviceLocatorMethod: { type: 'multiTenant' },
  clusterLocatorMethods: [
    {
      type: 'config',
      clusters: [
        {
          name: 'one',
          url: 'https://127.0.0.1:1',
          authProvider: 'serviceAccount',
          serviceAccountToken: 'token-of-one',
        },
      ],
    },
  ],
};

/** Starts the real Kubernetes plugin and shows what another plugin is lent. */
async function startWith(options: {
  config?: object;
  modules?: ReturnType<typeof createBackendModule>[];
}) {
  let lending: ClusterLending | undefined;
  const borrower = createBackendPlugin({
    pluginId: 'platform',
    register(env) {
      env.registerInit({
        deps: { service: clusterLendingServiceRef },
        async init({ service }) {
          lending = service;
        },
      });
    },
  });
  const logger = mockServices.logger.mock({ child: () => logger });
  const backend = await startTestBackend({
    features: [
      kubernetesPlugin,
      ...(options.modules ?? []),
      kubernetesModulePlatform,
      borrower,
      logger.factory,
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
    ],
  });
  return { backend, logger, state: lending!.state() };
}

function otherModule(
  addRouter: (add: () => void) => Promise<void>,
  seen: { called: boolean },
) {
  return createBackendModule({
    pluginId: 'kubernetes',
    moduleId: 'other',
    register(env) {
      env.registerInit({
        deps: {
          logger: coreServices.logger,
          router: kubernetesRouterExtensionPoint,
        },
        async init({ router }) {
          await addRouter(() =>
            router.addRouter(({ getDefault }) => {
              seen.called = true;
              return getDefault();
            }),
          );
        },
      });
    },
  });
}

describe('kubernetesModulePlatform', () => {
  it('lends the clusters and every strategy of the real Kubernetes plugin', async () => {
    const { backend, state } = await startWith({
      config: { kubernetes: kubernetesConfig },
    });
    if (state.status !== 'lent') {
      throw new Error(`expected lent clusters, got ${JSON.stringify(state)}`);
    }
    const [cluster] = await state.clusters.clusterSupplier.getClusters({
      credentials: mockCredentials.service('plugin:platform'),
    });
    expect(cluster).toMatchObject({ name: 'one', url: 'https://127.0.0.1:1' });
    expect(cluster.authMetadata.serviceAccountToken).toBe('token-of-one');
    // The serviceAccount strategy loads an ES module, which Jest cannot do.
    await expect(
      state.clusters.authStrategyMap.localKubectlProxy.getCredential(
        cluster,
        {},
      ),
    ).resolves.toEqual({ type: 'anonymous' });
    expect(Object.keys(state.clusters.authStrategyMap)).toEqual(
      expect.arrayContaining(['aws', 'azure', 'googleServiceAccount']),
    );
    await backend.stop();
  });

  it('leaves the routes of the Kubernetes plugin working', async () => {
    const { backend } = await startWith({
      config: { kubernetes: kubernetesConfig },
    });
    const answer = await fetch(
      `http://localhost:${backend.server.port()}/api/kubernetes/clusters`,
      { headers: { authorization: mockCredentials.user.header() } },
    );
    expect(answer.status).toBe(200);
    await expect(answer.json()).resolves.toEqual({
      items: [{ name: 'one', authProvider: 'serviceAccount' }],
    });
    await backend.stop();
  });

  it('refuses in words and keeps the router of another module that added one', async () => {
    const seen = { called: false };
    const { backend, logger, state } = await startWith({
      config: { kubernetes: kubernetesConfig },
      modules: [otherModule(async add => add(), seen)],
    });
    expect(state).toEqual({
      status: 'refused',
      reason: expect.stringContaining('router extension point'),
    });
    expect(seen.called).toBe(true);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('No clusters are lent to Roadbed'),
      expect.anything(),
    );
    await backend.stop();
  });

  it('cannot give way to a module that adds its router late: the start names that module', async () => {
    const late = otherModule(
      async add => {
        await new Promise(resolve => setTimeout(resolve, 50));
        add();
      },
      { called: false },
    );
    await expect(
      startWith({ config: { kubernetes: kubernetesConfig }, modules: [late] }),
    ).rejects.toThrow(/Module 'other' for plugin 'kubernetes'/);
  });

  it('says that the Kubernetes plugin has no clusters where its section is missing', async () => {
    const { backend, state } = await startWith({});
    expect(state).toEqual({
      status: 'refused',
      reason: expect.stringContaining('no `kubernetes` section'),
    });
    await backend.stop();
  });
});
