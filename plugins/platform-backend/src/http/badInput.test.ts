import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  platformRoutes,
  type ApiRoute,
} from '@roadbed/backstage-plugin-platform-common';
import { request as openRequest } from 'node:http';
import { Readable } from 'node:stream';
import request from 'supertest';
import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import { lendingOf, startPlatform } from '../__testUtils__/startPlatform';

jest.setTimeout(180_000);

const databases = storeTestDatabases();

/** Names that other systems would not have. */
const NAMES: readonly string[] = [
  `o'brien "prod", \`eu\``,
  'ünï-\u{1F600}-прод',
  'x'.repeat(253),
  '=1+1',
  'plain',
];

const HOSTILE: readonly string[] = [
  `' or 1=1; drop table clusters; --`,
  '"; select pg_sleep(10); --',
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}',
  '../../etc/passwd',
  '__proto__',
  '%',
  '\\',
  '\u0000',
  'line\r\nSet-Cookie: a=b',
  'ünï "code" \u{1F600}',
  'a'.repeat(253),
  'a'.repeat(5_000),
];

const FILLED: Record<string, string> = {
  id: 'plain',
  kind: 'component',
  namespace: 'default',
  name: 'cart',
};

const catalog = createServiceFactory({
  service: catalogServiceRef,
  deps: {},
  factory: () =>
    catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'cart', namespace: 'default' },
        },
      ],
    }),
});

const routesWith = (parameter: string) =>
  platformRoutes.filter(({ query }) => parameter in query.shape);

describe.each(databases.ids)('input that is not as it should be, on %s', id => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;

  beforeAll(async () => {
    platform = await startPlatform({
      knex: await databases.createEmpty(id),
      features: [
        catalog,
        // They lead nowhere, and are listed with the reason.
        lendingOf(
          NAMES.map(name => ({
            name,
            url: 'https://127.0.0.1:1',
            authMetadata: {},
          })),
        ),
      ],
    });
    await platform.readList();
  });

  afterAll(() => platform?.stop());

  const call = (
    { method, path }: Pick<ApiRoute, 'method' | 'path'>,
    options: { params?: object; query?: object } = {},
  ) => {
    const params: Record<string, string> = { ...FILLED, ...options.params };
    const filled = path.replace(/:(\w+)/g, (_, name) =>
      encodeURIComponent(params[name]),
    );
    return request(platform.server)
      [method](`/api/platform${filled}`)
      .query(options.query ?? {});
  };

  const get = async (path: string, query?: object) =>
    (await call({ method: 'get', path }, { query })).body;

  it.each(platformRoutes.map(route => [route.operationId, route] as const))(
    '%s takes any text in its query as text, or names the parameter',
    async (_, route) => {
      for (const name of Object.keys(route.query.shape)) {
        for (const value of HOSTILE) {
          const { status, body } = await call(route, {
            query: { [name]: value },
          });
          const isNamed =
            status === 400 && body.error.message.includes(`"${name}"`);
          expect([name, value, status === 200 || isNamed]).toEqual([
            name,
            value,
            true,
          ]);
        }
      }
    },
  );

  it.each(
    platformRoutes
      .filter(({ path }) => path.includes(':'))
      .map(route => [route.operationId, route] as const),
  )('%s takes any text in its path as text', async (_, route) => {
    for (const name of Object.keys(route.params.shape)) {
      for (const value of HOSTILE) {
        const { status, body } = await call(route, {
          params: { [name]: value },
        });
        const isNamed =
          status === 400 && body.error.message.includes(`"${name}"`);
        expect([name, value, status === 404 || isNamed]).toEqual([
          name,
          value,
          true,
        ]);
      }
    }
  });

  it('has lost nothing by that', async () => {
    const { items } = await get('/fleet/clusters');
    expect(items.map(({ name }: any) => name).sort()).toEqual(
      [...NAMES].sort(),
    );
  });

  it.each(['0', '-1', '10000000', '1.5', 'abc', ''])(
    'refuses limit=%s on every list, by name',
    async limit => {
      for (const route of routesWith('limit')) {
        const { status, body } = await call(route, { query: { limit } });
        expect([route.path, status]).toEqual([route.path, 400]);
        expect(body.error.message).toBe(
          `Query parameter "limit": expected a whole number from 1 to 500, got "${limit}"`,
        );
      }
    },
  );

  it.each([
    ['limit=1&limit=2', /"limit": expected a whole number from 1 to 500/],
    ['sort=name&sort=state', /"sort": expected one of name/],
    ['q=%00', /"q": expected text without the character U\+0000/],
    ['q[$ne]=1', /"q": expected a string/],
  ])('refuses ?%s by name', async (query, message) => {
    for (const path of ['/fleet/clusters', '/fleet/workloads']) {
      const { status, body } = await call({
        method: 'get',
        path: `${path}?${query}`,
      });
      expect([status, body.error.name]).toEqual([400, 'InputError']);
      expect(body.error.message).toMatch(message);
    }
  });

  it('refuses a parameter that it does not know, and says what there is', async () => {
    for (const route of platformRoutes) {
      const { status, body } = await call(route, { query: { colour: 'red' } });
      expect([route.path, status]).toEqual([route.path, 400]);
      expect(body.error.message).toContain('"colour" is not known here');
    }
  });

  it.each(['/', '/nothing', '/.json', '/.well-knownish', '/fleet'])(
    'says what there is instead of %s',
    async path => {
      const { status, body } = await call({ method: 'get', path });
      expect([status, body.error.name]).toEqual([404, 'NotFoundError']);
      expect(body.error.message).toContain('GET /fleet/clusters,');
    },
  );

  it('does not read what is longer than any request', async () => {
    const { status, text } = await call(
      { method: 'get', path: '/fleet/clusters' },
      { query: { q: 'a'.repeat(20_000) } },
    );
    expect([status, text]).toEqual([431, '']);
  });

  it('answers without taking in a body that nobody asked for', async () => {
    const part = Buffer.alloc(64 * 1024, 'a');
    const parts = 1_024;
    let taken = 0;
    const endless = Readable.from(
      (function* body() {
        for (; taken < parts; taken++) yield part;
      })(),
    );
    const before = process.memoryUsage().arrayBuffers;
    const status = await new Promise((resolve, reject) => {
      const sent = openRequest(
        {
          host: '127.0.0.1',
          port: platform.server.port(),
          method: 'POST',
          path: '/api/platform/fleet/clusters/nowhere/collect',
        },
        answer => resolve(answer.resume().statusCode),
      );
      sent.on('error', reject);
      sent.on('close', () => endless.destroy());
      endless.pipe(sent);
    });
    expect(status).toBe(404);
    expect(taken).toBeLessThan(parts);
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(grown).toBeLessThan(16 * 1024 * 1024);
    endless.destroy();
  });

  it('refuses more alternatives than anybody has', async () => {
    const query = { cluster: Array.from({ length: 101 }, (_, i) => `c${i}`) };
    for (const route of routesWith('cluster')) {
      const { status, body } = await call(route, { query });
      expect([route.path, status]).toEqual([route.path, 400]);
      expect(body.error.message).toContain('"cluster"');
    }
  });

  it('refuses cursors that are made up or belong to another query', async () => {
    const { pageInfo } = await get('/fleet/clusters', { limit: 1 });
    const { nextCursor } = pageInfo;
    expect(nextCursor).toEqual(expect.any(String));
    const next = await get('/fleet/clusters', { limit: 2, cursor: nextCursor });
    expect(next.items).toHaveLength(2);
    for (const route of routesWith('cursor')) {
      const isOwn = route.operationId === 'listClusters';
      for (const query of [
        { cursor: 'made-up' },
        { cursor: `${nextCursor.slice(0, -4)}AAAA` },
        isOwn ? { cursor: nextCursor, order: 'desc' } : { cursor: nextCursor },
        isOwn ? { cursor: nextCursor, q: 'x' } : { cursor: '..' },
      ]) {
        const { status, body } = await call(route, { query });
        expect([route.path, query, status]).toEqual([route.path, query, 400]);
        expect(body.error.message).toMatch(/^Query parameter "cursor": /);
      }
    }
  });

  it.each(NAMES.map(name => [name.slice(0, 30), name]))(
    'serves a cluster called %s everywhere',
    async (_, name) => {
      const byName = await call(
        { method: 'get', path: '/fleet/clusters/:id' },
        { params: { id: name } },
      );
      expect([byName.status, byName.body.name]).toEqual([200, name]);
      const { items } = await get('/fleet/clusters', { q: name });
      expect(items).toMatchObject([{ name }]);
      for (const path of ['/fleet/workloads', '/fleet/collections']) {
        expect(await get(path, { cluster: name })).toHaveProperty('items');
      }
    },
  );

  it('walks from one such name to the next', async () => {
    const met: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await get('/fleet/clusters', {
        limit: 1,
        ...(cursor && { cursor }),
      });
      met.push(...page.items.map(({ name }: any) => name));
      cursor = page.pageInfo.nextCursor;
    } while (cursor && met.length < 10);
    expect(met).toHaveLength(NAMES.length);
    expect(new Set(met)).toEqual(new Set(NAMES));
  });

  it('exports such names as fields that no spreadsheet runs', async () => {
    const { text } = await call({
      method: 'get',
      path: '/fleet/clusters.csv',
    });
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(NAMES.length + 2);
    expect(text).toContain(`\r\n"o'brien ""prod"", \`eu\`",`);
    expect(text).toContain('\r\nünï-\u{1F600}-прод,');
    expect(text).toContain(`\r\n'=1+1,`);
  });
});
