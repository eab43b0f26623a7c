import {
  platformRoutes,
  type ApiRoute,
} from '@roadbed/backstage-plugin-platform-common';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import { CALLERS, type CallerName } from './__testUtils__/callers';
import { startGuardedPlatform } from './__testUtils__/guardedPlatform';
import { ROUTE_TABLE } from './__testUtils__/routeTable';

jest.setTimeout(180_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('who may call what, on %s', id => {
  let platform: Awaited<ReturnType<typeof startGuardedPlatform>>;

  beforeAll(async () => {
    platform = await startGuardedPlatform(await databases.createEmpty(id));
  });

  // Absent when it did not start, which is an error of its own.
  afterAll(() => platform?.stop());

  const callRoute = (caller: CallerName, { method, operationId }: ApiRoute) =>
    platform.call(caller, ROUTE_TABLE[operationId].path, { method });

  it('has a row for every route', () => {
    expect(Object.keys(ROUTE_TABLE)).toEqual(
      platformRoutes.map(({ operationId }) => operationId),
    );
  });

  it.each(platformRoutes.map(route => [route.operationId, route] as const))(
    'answers %s as it should',
    async (operationId, route) => {
      const { path, ...expected } = ROUTE_TABLE[operationId];
      const statuses: Partial<Record<CallerName, number>> = {};
      const refusals: string[] = [];
      for (const caller of Object.keys(CALLERS) as CallerName[]) {
        const { status, body } = await callRoute(caller, route);
        statuses[caller] = status;
        if (status === 403) refusals.push(body.error.message);
      }
      expect(statuses).toEqual({ nobody: 401, ...expected });
      const needed = route.permissions.find(name =>
        name.startsWith('platform.'),
      );
      expect(refusals.filter(text => !text.includes(needed!))).toEqual([]);
    },
  );

  it('says when a cluster may be asked for again', async () => {
    const path = ROUTE_TABLE.collectCluster.path;
    await platform.call('engineer', path, { method: 'post' });
    const { status, headers, body } = await platform.call('engineer', path, {
      method: 'post',
    });
    const wait = Number(headers['retry-after']);
    expect(status).toBe(429);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(body.error.message).toContain(`again in ${wait} seconds`);
  });

  it('lets everybody who is signed in read what the routes are', async () => {
    for (const caller of Object.keys(CALLERS) as CallerName[]) {
      const { status } = await platform.call(caller, '/openapi.json');
      expect([caller, status]).toEqual([
        caller,
        caller === 'nobody' ? 401 : 200,
      ]);
    }
  });

  it('tells a caller who may see a cluster but not collect it', async () => {
    const { status, body } = await platform.call(
      'member',
      '/fleet/clusters/own-alias/collect',
      { method: 'post' },
    );
    expect(status).toBe(403);
    expect(body.error.message).toContain(
      'platform.cluster.collect for cluster "own-alias"',
    );
  });

  it('decides about single clusters as pages ask the permission backend', async () => {
    const names = ['own-prod', 'own-alias', 'hidden-prod', 'nowhere'];
    const ask = async (
      caller: CallerName,
      permission: string,
      action: string,
    ) => {
      const { body } = await platform
        .call(caller, '/authorize', { method: 'post', plugin: 'permission' })
        .send({
          items: names.map(name => ({
            id: name,
            resourceRef: name,
            permission: {
              type: 'resource',
              name: permission,
              attributes: { action },
              resourceType: 'platform-cluster',
            },
          })),
        });
      return body.items.map((item: any) => item.result);
    };
    expect(await ask('member', 'platform.cluster.read', 'read')).toEqual([
      'ALLOW',
      'ALLOW',
      'DENY',
      'DENY',
    ]);
    expect(await ask('member', 'platform.cluster.collect', 'update')).toEqual([
      'ALLOW',
      'DENY',
      'DENY',
      'DENY',
    ]);
    expect(await ask('engineer', 'platform.cluster.collect', 'update')).toEqual(
      names.map(() => 'ALLOW'),
    );
    expect(await ask('guest', 'platform.cluster.read', 'read')).toEqual(
      names.map(() => 'DENY'),
    );
  });

  it('puts on record who collects and exports, refused or not', async () => {
    const { events, call } = platform;
    const outcomes = async (
      caller: CallerName,
      path: string,
      method: 'get' | 'post',
    ) => {
      events.length = 0;
      await call(caller, path, { method });
      return events.map(({ path: _, ...event }) => event);
    };
    const collect = '/fleet/clusters/hidden-dead/collect';
    const about = { eventId: 'cluster-collect' };
    const meta = { cluster: 'hidden-dead' };
    expect(await outcomes('guest', collect, 'post')).toEqual([
      { ...about, status: 'initiated', meta },
      { ...about, status: 'failed', error: 'NotAllowedError' },
    ]);
    expect(await outcomes('member', collect, 'post')).toEqual([
      { ...about, status: 'initiated', meta },
      { ...about, status: 'failed', error: 'NotFoundError' },
    ]);
    expect(await outcomes('engineer', collect, 'post')).toEqual([
      { ...about, status: 'initiated', meta },
      {
        ...about,
        status: 'succeeded',
        meta: {
          ...meta,
          queued: expect.any(Number),
          skipped: expect.any(Number),
        },
      },
    ]);
    expect(await outcomes('engineer', collect, 'post')).toMatchObject([
      { status: 'initiated' },
      { status: 'failed', error: 'TooManyRequestsError' },
    ]);
    for (const route of platformRoutes) {
      if (route.produces !== 'text/csv') continue;
      const { path } = ROUTE_TABLE[route.operationId];
      expect(await outcomes('member', path, 'get')).toEqual([
        {
          eventId: 'export',
          status: 'initiated',
          meta: { list: route.operationId },
        },
        {
          eventId: 'export',
          status: 'succeeded',
          meta: { list: route.operationId },
        },
      ]);
      expect(await outcomes('guest', path, 'get')).toMatchObject([
        { status: 'initiated' },
        { status: 'failed', error: 'NotAllowedError' },
      ]);
    }
  });
});
