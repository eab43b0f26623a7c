import {
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  platformCollectorsExtensionPoint,
  type Collector,
  type ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import platformModuleGatewayApi from '.';

/** Starts the module beside the extension point and gives what it added. */
async function addedCollectors(feature: BackendFeature): Promise<Collector[]> {
  const added: Collector[] = [];
  const platform = createBackendPlugin({
    pluginId: 'platform',
    register(env) {
      env.registerExtensionPoint(platformCollectorsExtensionPoint, {
        addCollector: (...collectors) => added.push(...collectors),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({ features: [platform, feature] });
  await backend.stop();
  return added;
}

describe('platformModuleGatewayApi', () => {
  it('adds one collector of HTTPRoutes through the extension point alone', async () => {
    const added = await addedCollectors(platformModuleGatewayApi);
    expect(added).toEqual([
      expect.objectContaining({
        type: 'list',
        id: 'httproutes',
        verbs: ['list'],
        resource: expect.objectContaining({
          group: 'gateway.networking.k8s.io',
          resource: 'httproutes',
          versions: ['v1', 'v1beta1'],
        }),
      }),
    ]);
  });

  it('keeps hosts, gateways and services, and nothing of matches, headers or annotations', async () => {
    const [collector] = await addedCollectors(platformModuleGatewayApi);
    const row = (collector as ListCollector).project!({
      metadata: {
        uid: 'u-1',
        name: 'shop',
        namespace: 'web',
        annotations: { note: 'SECRET-MARK-annotation' },
        managedFields: [
          {
            manager: 'kubectl',
            apiVersion: 'gateway.networking.k8s.io/v1beta1',
            operation: 'Apply',
            ...{ fieldsV1: { 'f:SECRET-MARK-managed': {} } },
          },
        ],
      },
      spec: {
        hostnames: ['shop.example.com'],
        parentRefs: [{ name: 'public', namespace: 'infra' }],
        rules: [
          {
            matches: [{ headers: [{ value: 'SECRET-MARK-header' }] }],
            backendRefs: [
              { name: 'shop', port: 80 },
              { name: 'shop', port: 80 },
            ],
          },
        ],
      },
      status: {
        parents: [
          {
            parentRef: { name: 'public' },
            controllerName: 'example.com/gateway',
            conditions: [
              {
                type: 'Accepted',
                status: 'True',
                reason: 'Accepted',
                message: 'SECRET-MARK-message',
              },
            ],
          },
        ],
      },
    });
    expect(row).toEqual({
      key: 'u-1',
      namespace: 'web',
      name: 'shop',
      doc: {
        labels: {},
        hosts: ['shop.example.com'],
        parents: [{ kind: 'Gateway', name: 'public', namespace: 'infra' }],
        backends: [{ kind: 'Service', name: 'shop', port: 80 }],
        status: [
          {
            parent: { kind: 'Gateway', name: 'public' },
            controllerName: 'example.com/gateway',
            conditions: [
              { type: 'Accepted', status: 'True', reason: 'Accepted' },
            ],
          },
        ],
        managed: [
          {
            manager: 'kubectl',
            apiVersion: 'gateway.networking.k8s.io/v1beta1',
            operation: 'Apply',
          },
        ],
      },
    });
    expect(JSON.stringify(row)).not.toContain('SECRET-MARK');
  });

  it('takes an object without spec and status', async () => {
    const [collector] = await addedCollectors(platformModuleGatewayApi);
    expect(
      (collector as ListCollector).project!({ metadata: { name: 'empty' } }),
    ).toMatchObject({ key: '/empty', namespace: null, doc: { hosts: [] } });
  });
});
