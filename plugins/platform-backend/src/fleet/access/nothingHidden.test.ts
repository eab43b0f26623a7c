import {
  platformRoutes,
  type ApiRoute,
} from '@roadbed/backstage-plugin-platform-common';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import { HIDDEN, VISIBLE, type CallerName } from './__testUtils__/callers';
import { startGuardedPlatform } from './__testUtils__/guardedPlatform';
import { ROUTE_TABLE } from './__testUtils__/routeTable';
import { tracesOf } from './__testUtils__/traces';

jest.setTimeout(180_000);

const databases = storeTestDatabases();

/** Queries that are answered, and such that are refused. */
const QUERIES: ReadonlyArray<Record<string, string>> = [
  {},
  { limit: '1' },
  { limit: '0' },
  { cursor: 'garbage' },
  { sort: 'worst' },
  { q: 'prod' },
  { order: 'desc' },
  { entity: 'component:default/none' },
];

describe.each(databases.ids)('what a member sees, on %s', id => {
  let platform: Awaited<ReturnType<typeof startGuardedPlatform>>;

  beforeAll(async () => {
    platform = await startGuardedPlatform(await databases.createEmpty(id));
  });

  // Absent when it did not start, which is an error of its own.
  afterAll(() => platform?.stop());

  const callRoute = (
    caller: CallerName,
    { method, operationId }: ApiRoute,
    query: object,
  ) => platform.call(caller, ROUTE_TABLE[operationId].path, { method, query });

  const get = async (path: string, query?: object) =>
    (await platform.call('member', path, { query })).body;

  const wordsIn = (answer: { text: string; headers: object }) =>
    tracesOf(HIDDEN, answer);

  it('is not what an engineer sees', async () => {
    const seen = new Set<string>();
    for (const route of platformRoutes) {
      wordsIn(await callRoute('engineer', route, {})).forEach(word =>
        seen.add(word),
      );
    }
    expect([...seen].sort()).toEqual([...HIDDEN].sort());
    const { body } = await platform.call('engineer', '/fleet/summary');
    expect(body.clusterList.error).toContain('hidden-dead');
  });

  it.each(['member', 'guest', 'nobody'] as const)(
    'has no trace of what is hidden, nor do refusals (%s)',
    async caller => {
      for (const route of platformRoutes) {
        for (const query of QUERIES) {
          const words = wordsIn(await callRoute(caller, route, query));
          expect([route.operationId, query, words]).toEqual([
            route.operationId,
            query,
            [],
          ]);
        }
      }
    },
  );

  it('is counted, listed and paged as if there was nothing else', async () => {
    const summary = await get('/fleet/summary');
    expect(summary).toMatchObject({
      clusters: { total: 2, byState: { fresh: 1, duplicate: 1 } },
      nodes: { total: 1 },
      workloads: { total: 2 },
      ownership: { owned: 1, unowned: 1 },
      clusterList: { error: expect.stringContaining('platform.health.read') },
    });
    const clusters = await get('/fleet/clusters');
    expect(clusters.items.map((item: any) => item.name)).toEqual(VISIBLE);
    expect(clusters.totalItems).toBe(2);
    const workloads = await get('/fleet/workloads', { limit: 1 });
    expect(workloads.totalItems).toBe(2);
    const cursor = workloads.pageInfo.nextCursor;
    const second = await get('/fleet/workloads', { limit: 1, cursor });
    expect(second.pageInfo.nextCursor).toBeUndefined();
    expect((await get('/fleet/unowned')).totalItems).toBe(1);
    expect(await get('/fleet/entity-clusters')).toMatchObject({
      totalItems: 1,
      items: [{ entityRef: 'component:default/cart', cluster: 'own-prod' }],
    });
    const runs = await get('/fleet/collections', { limit: 500 });
    const names = new Set(runs.items.map((item: any) => item.cluster));
    expect([...names]).toEqual(expect.arrayContaining(['own-prod']));
    expect(
      [...names].filter(name => !VISIBLE.includes(name as string)),
    ).toEqual([]);
  });

  it('has facets that agree with the lists', async () => {
    for (const [list, facets] of [
      ['/fleet/clusters', '/fleet/facets/clusters'],
      ['/fleet/workloads', '/fleet/facets/workloads'],
      ['/fleet/unowned', '/fleet/facets/unowned'],
    ]) {
      const answer = await get(facets);
      expect(answer.totalItems).toBe((await get(list)).totalItems);
      for (const { name, values } of answer.facets) {
        for (const { value, count } of values) {
          const { totalItems } = await get(list, { [name]: value });
          expect([list, name, value, totalItems]).toEqual([
            list,
            name,
            value,
            count,
          ]);
        }
      }
    }
    const { facets } = await get('/fleet/facets/workloads');
    expect(facets.find(({ name }: any) => name === 'owner').values).toEqual([
      { value: 'group:default/team-a', count: 1 },
    ]);
  });

  it('knows a second name as one, but not of what', async () => {
    const alias = await get('/fleet/clusters/own-alias');
    expect(alias).toMatchObject({
      state: 'duplicate',
      identity: { otherNames: [] },
    });
    expect(alias.reasons[0].message).toContain('another cluster');
    expect((await get('/fleet/clusters/own-prod')).identity.otherNames).toEqual(
      [],
    );
  });

  it.each([
    ['a cluster', 'get', '/fleet/clusters/NAME', 'hidden-prod'],
    ['a cluster', 'get', '/fleet/clusters/NAME', 'hidden-dead'],
    ['a cluster', 'post', '/fleet/clusters/NAME/collect', 'hidden-prod'],
    ['an entity', 'get', '/fleet/by-entity/component/default/NAME', 'ghost'],
    [
      'an entity',
      'get',
      '/fleet/by-entity/component/default/NAME/workloads.csv',
      'ghost',
    ],
  ] as const)(
    'is the same for %s that is hidden and one that is not there (%s %s)',
    async (_, method, path, hidden) => {
      const answers = await Promise.all(
        [hidden, 'nowhere-at-all'].map(async name => {
          const { status, body } = await platform.call(
            'member',
            path.replace('NAME', name),
            { method },
          );
          const text = JSON.stringify({ status, body });
          return JSON.parse(text.replaceAll(name, 'NAME'));
        }),
      );
      expect(answers[0].status).toBe(404);
      expect(answers[0]).toEqual(answers[1]);
    },
  );

  it('does not widen by asking for what is hidden', async () => {
    for (const query of [
      { cluster: 'hidden-prod' },
      { entity: 'component:default/ghost' },
      { owner: 'group:default/team-b' },
      { namespace: 'crypt' },
    ]) {
      expect(await get('/fleet/workloads', query)).toMatchObject({
        items: [],
        totalItems: 0,
      });
    }
    expect(
      await get('/fleet/clusters', { owner: 'group:default/team-b' }),
    ).toMatchObject({ items: [], totalItems: 0 });
  });

  it('is no more with the cursors of somebody else', async () => {
    for (const path of [
      '/fleet/clusters',
      '/fleet/workloads',
      '/fleet/unowned',
      '/fleet/collections',
      '/fleet/entity-clusters',
    ]) {
      const query = { limit: 1 };
      const { body } = await platform.call('engineer', path, { query });
      const cursor = body.pageInfo.nextCursor;
      expect([path, cursor]).toEqual([path, expect.any(String)]);
      const page = await platform.call('member', path, {
        query: { ...query, cursor },
      });
      expect([path, page.status, wordsIn(page)]).toEqual([path, 200, []]);
    }
  });
});
