import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { platformRoutes } from '@roadbed/backstage-plugin-platform-common';
import {
  platformCollectorsExtensionPoint,
  type Collector,
} from '@roadbed/backstage-plugin-platform-node';
import request from 'supertest';
import { platformPlugin } from './plugin';

jest.setTimeout(60_000);

const pathOf = (path: string) =>
  `/api/platform${path.replace(/:\w+/g, 'nowhere')}`;

async function start(
  options: { platform?: object; collector?: Collector } = {},
) {
  const { platform, collector } = options;
  const { server } = await startTestBackend({
    features: [
      platformPlugin,
      mockServices.rootConfig.factory({
        data: { ...(platform && { platform }) },
      }),
      createBackendModule({
        pluginId: 'platform',
        moduleId: 'test',
        register(env) {
          env.registerInit({
            deps: { collectors: platformCollectorsExtensionPoint },
            async init({ collectors }) {
              if (collector) collectors.addCollector(collector);
            },
          });
        },
      }),
    ],
  });
  return server;
}

const probe: Collector = {
  type: 'probe',
  id: 'nodes',
  title: 'Nodes',
  cadence: { minutes: 1 },
  nonResourceUrls: [],
  probe: async () => ({ rows: [] }),
};

describe('the platform plugin', () => {
  it('answers nobody who is not signed in, on any route', async () => {
    const server = await start();
    for (const { method, path } of [
      ...platformRoutes.filter(({ access }) => access === 'signed-in'),
      { method: 'get' as const, path: '/openapi.json' },
    ]) {
      const response = await request(server)
        [method](pathOf(path))
        .set('Authorization', mockCredentials.none.header());
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  it.each([
    ['a user', mockCredentials.user.header()],
    ['a service', mockCredentials.service.header()],
  ])('answers %s on every route, in the described shape', async (_, header) => {
    const server = await start();
    for (const route of platformRoutes.filter(
      ({ path, access }) => !path.includes(':') && access === 'signed-in',
    )) {
      const response = await request(server)
        .get(pathOf(route.path))
        .set('Authorization', header);
      expect([route.path, response.status]).toEqual([route.path, 200]);
      expect(response.type).toBe(route.produces);
      const answer =
        route.produces === 'text/csv' ? response.text : response.body;
      expect(route.response.parse(answer)).toEqual(answer);
    }
  });

  it('tells probes whether it lives and whether it is ready, and nothing else', async () => {
    const server = await start();
    const ask = (path: string) =>
      request(server)
        .get(`/api/platform${path}`)
        .set('Authorization', mockCredentials.none.header());
    const live = await ask('/health/live');
    expect([live.status, live.body]).toEqual([200, { status: 'ok' }]);
    // There is no Kubernetes plugin here, so no list of clusters.
    const ready = await ask('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.error.message).toBe(
      'Not ready; /health says why to those who may read it',
    );
    expect((await ask('/health/ready?why=1')).status).toBe(400);
    const { body } = await request(server).get('/api/platform/health');
    expect(body.status).toBe('not_ready');
    expect(body.problems).toContain('The cluster list was never read');
  });

  it('does not know a cluster that is not in the list', async () => {
    const server = await start();
    const response = await request(server).get(
      '/api/platform/fleet/clusters/nowhere',
    );
    expect(response.status).toBe(404);
    expect(response.body.error.message).toContain('"nowhere"');
  });

  it.each([
    ['get', '/fleet'],
    ['get', '/Fleet/cluster'],
    ['post', '/fleet/clusters'],
    ['delete', '/fleet/clusters/prod'],
  ] as const)('has no %s %s, and tells what there is', async (method, path) => {
    const server = await start();
    const response = await request(server)[method](`/api/platform${path}`);
    expect(response.status).toBe(404);
    expect(response.body.error.message).toContain(
      `There is no ${method.toUpperCase()} ${path}; the routes are GET /fleet/summary,`,
    );
  });

  it('tells strangers nothing about what there is', async () => {
    const server = await start();
    const response = await request(server)
      .get('/api/platform/fleet/nothing')
      .set('Authorization', mockCredentials.none.header());
    expect(response.status).toBe(401);
  });

  it('serves the document that describes it', async () => {
    const server = await start();
    const { body } = await request(server).get('/api/platform/openapi.json');
    expect(body).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'platform' },
      servers: [{ url: expect.stringMatching(/\/api\/platform$/) }],
    });
    expect(Object.keys(body.paths)).toHaveLength(platformRoutes.length);
  });

  it('refuses a bad configuration at start, all of it at once', async () => {
    await expect(
      start({ platform: { colect: {}, retention: { runs: 'long' } } }),
    ).rejects.toThrow(
      /platform\.retention\.runs: expected a duration[\s\S]*platform\.colect: there is no such key \(did you mean "collect"\?\)/,
    );
  });

  it('refuses a collector of a module whose id is taken', async () => {
    await expect(start({ collector: probe })).rejects.toThrow(
      /There is a collector "nodes" already/,
    );
  });
});
