import {
  listEntityClustersRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import { component } from '../../catalog/__testUtils__/scriptedCatalog';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import { ALL_CLUSTERS, type Caller } from '../access/Caller';
import { CatalogAwayError } from '../access/CatalogAwayError';
import { catalogRoom } from '../__testUtils__/catalogRoom';
import { deployment, fleetRoom } from '../__testUtils__/fleetFixture';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

const ID = 'backstage.io/kubernetes-id';
const TEAM = 'group:default/team-a';

/** Reads every entity but those named, and says how often it asked. */
function callerWithout(...hidden: string[]): Caller & { asked: string[][] } {
  const asked: string[][] = [];
  const readable = (refs: readonly string[]) => {
    asked.push([...refs]);
    return refs.filter(ref => !hidden.includes(ref) && !ref.endsWith('/gone'));
  };
  return {
    asked,
    clusters: ALL_CLUSTERS,
    readEntities: async refs =>
      new Map(
        readable(refs).map(ref => [
          ref,
          { entityRef: ref, title: `The ${ref}` },
        ]),
      ),
    readableRefs: async refs => new Set(readable(refs)),
  };
}

describe.each(databases.ids)('OwnershipService on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const room = fleetRoom(knex);
    const catalog = catalogRoom(knex, room);
    catalog.catalog.entities = [
      component('cart', { owner: TEAM, system: 'system:default/shop' }),
      component('web', { owner: TEAM }),
      component('broken', {
        annotations: { 'backstage.io/kubernetes-label-selector': 'app=(' },
      }),
      component('team-a', { kind: 'Group' }),
      component('shop', { kind: 'System', system: 'domain:default/retail' }),
      component('retail', { kind: 'Domain' }),
      component('prod-resource', {
        kind: 'Resource',
        spec: { type: 'kubernetes-cluster' },
        annotations: { 'roadbed.dev/cluster': 'prod' },
      }),
    ];
    await catalog.sync.refresh();
    const prod = await room.addCluster('prod');
    const dev = await room.addCluster('dev');
    const owned = (name: string, doc: object = {}) =>
      deployment(`${name}-app`, { labels: { [ID]: name }, ...doc });
    await room.collect(prod, 'deployments', [
      owned('cart'),
      owned('web', { ready: 0 }),
      deployment('lonely'),
    ]);
    await room.collect(dev, 'deployments', [
      owned('cart', { ready: 0 }),
      deployment('web', { labels: { [ID]: 'nobody' } }),
    ]);
    const service = room.ownershipService;
    return {
      ...room,
      ...catalog,
      knex,
      service,
      fleet: room.service,
      byEntity: (ref: string, caller: Caller, query: object = {}) => {
        const [kind, rest] = ref.split(':');
        const [namespace, name] = rest.split('/');
        return service.listEntityWorkloads(
          { kind, namespace, name },
          listEntityWorkloadsRoute.query.parse(query),
          caller,
        );
      },
      unowned: (caller: Caller, query: object = {}) =>
        service.listUnowned(
          listUnownedWorkloadsRoute.query.parse(query),
          caller,
        ),
    };
  }

  const named = (items: Array<{ cluster: string; name: string }>) =>
    items.map(({ cluster, name }) => `${cluster}/${name}`);

  it('says where a component runs, worst first', async () => {
    const { byEntity } = await setUp();
    const caller = callerWithout();
    const answer = await byEntity('component:default/cart', caller);
    expect(listEntityWorkloadsRoute.response.parse(answer)).toEqual(answer);
    expect(named(answer.items)).toEqual(['dev/cart-app', 'prod/cart-app']);
    expect(answer).toMatchObject({
      entityRef: 'component:default/cart',
      match: { through: 'entity', selectors: [], problems: [] },
      totals: { clusters: 2, workloads: 2, notReady: 1 },
      clusters: [
        { name: 'dev', workloads: 1, notReady: 1, environment: null },
        { name: 'prod', workloads: 1, notReady: 0, environment: 'prod' },
      ],
      items: [
        {
          ownership: 'owned',
          owners: [
            {
              entityRef: 'component:default/cart',
              title: 'The component:default/cart',
              ownerRef: TEAM,
              rule: 'kubernetes-id',
              detail: `label ${ID}=cart`,
            },
          ],
        },
        {},
      ],
    });
    expect(caller.asked).toHaveLength(2);
  });

  it.each([
    ['group:default/team-a', 'owner', 3],
    ['system:default/shop', 'system', 2],
    ['domain:default/retail', 'system', 2],
    ['resource:default/prod-resource', 'cluster', 3],
  ])(
    'finds the workloads of %s through its %s',
    async (ref, through, count) => {
      const { byEntity } = await setUp();
      const answer = await byEntity(ref, callerWithout());
      expect(answer.match.through).toBe(through);
      expect(answer.totals.workloads).toBe(count);
      expect(answer.items).toHaveLength(count);
    },
  );

  it('pages and filters below the totals', async () => {
    const { byEntity } = await setUp();
    const caller = callerWithout();
    const first = await byEntity(TEAM, caller, { limit: 2 });
    expect(first).toMatchObject({ totalItems: 3, totals: { workloads: 3 } });
    const cursor = first.pageInfo.nextCursor;
    const second = await byEntity(TEAM, caller, { limit: 2, cursor });
    expect(second.items).toHaveLength(1);
    await expect(
      byEntity('component:default/cart', caller, { limit: 2, cursor }),
    ).rejects.toThrow(/"cursor"/);
    expect(await byEntity(TEAM, caller, { cluster: 'dev' })).toMatchObject({
      totalItems: 1,
      totals: { workloads: 3 },
    });
    const onProd = await byEntity('resource:default/prod-resource', caller, {
      cluster: ['dev'],
    });
    expect(onProd.items).toEqual([]);
  });

  it('answers the same for an entity that is not there and one that is hidden', async () => {
    const { byEntity } = await setUp();
    const messages = await Promise.all(
      [
        byEntity('component:default/gone', callerWithout()),
        byEntity(
          'component:default/cart',
          callerWithout('component:default/cart'),
        ),
      ].map(answer => answer.catch(error => `${error.name}: ${error.message}`)),
    );
    expect(messages[0]).toMatch(/^NotFoundError: /);
    expect(messages[1]).toBe((messages[0] as string).replace('/gone', '/cart'));
  });

  it('shows nothing of entities that the caller may not read', async () => {
    const { byEntity, workloadService, service } = await setUp();
    const caller = callerWithout('component:default/cart');
    const team = await byEntity(TEAM, caller);
    expect(named(team.items)).toEqual(['prod/web-app']);
    expect(team.totals).toEqual({ clusters: 1, workloads: 1, notReady: 1 });
    const list = (query: object) =>
      workloadService.list(listWorkloadsRoute.query.parse(query), caller);
    const all = await list({});
    expect(all.totalItems).toBe(5);
    expect(all.items.find(({ name }) => name === 'cart-app')).toMatchObject({
      ownership: 'owned',
      owners: [],
    });
    expect((await list({ entity: 'component:default/cart' })).totalItems).toBe(
      0,
    );
    expect((await list({ entity: 'web' })).totalItems).toBe(1);
    expect((await list({ owner: 'team-a' })).totalItems).toBe(1);
    const pairs = await service.listEntityClusters(
      listEntityClustersRoute.query.parse({}),
      caller,
    );
    expect(pairs).toMatchObject({
      totalItems: 1,
      items: [
        { entityRef: 'component:default/web', cluster: 'prod', workloads: 1 },
      ],
    });
  });

  it('shows what runs while the catalog is away, and that owners are not known', async () => {
    const { workloadService, unowned, byEntity } = await setUp();
    const away = async () => {
      throw new CatalogAwayError();
    };
    const caller = {
      clusters: ALL_CLUSTERS,
      readEntities: away,
      readableRefs: away,
    };
    const { items, totalItems } = await workloadService.list(
      listWorkloadsRoute.query.parse({}),
      caller,
    );
    expect(totalItems).toBe(5);
    expect(
      items.map(({ name, ownership, owners }) => [name, ownership, owners]),
    ).toEqual([
      ['cart-app', 'unknown', []],
      ['cart-app', 'unknown', []],
      ['lonely', 'unowned', []],
      ['web', 'unowned', []],
      ['web-app', 'unknown', []],
    ]);
    for (const answer of [
      () => unowned(caller),
      () => byEntity('component:default/cart', caller),
      () =>
        workloadService.list(
          listWorkloadsRoute.query.parse({ entity: 'cart' }),
          caller,
        ),
    ]) {
      await expect(answer()).rejects.toThrow(/^The catalog does not answer/);
    }
  });

  it('pages through which entities run where', async () => {
    const { service } = await setUp();
    const page = (query: object) =>
      service.listEntityClusters(
        listEntityClustersRoute.query.parse({ limit: 2, ...query }),
        callerWithout(),
      );
    const first = await page({});
    expect(first.totalItems).toBe(3);
    expect(first.catalogIndex.asOf).not.toBeNull();
    const second = await page({ cursor: first.pageInfo.nextCursor });
    expect(
      [...first.items, ...second.items].map(
        ({ entityRef, cluster }) => `${entityRef} ${cluster}`,
      ),
    ).toEqual([
      'component:default/cart dev',
      'component:default/cart prod',
      'component:default/web prod',
    ]);
    expect((await page({ cluster: ['dev'] })).totalItems).toBe(1);
  });

  it('says what is wrong with a selector', async () => {
    const { byEntity } = await setUp();
    const answer = await byEntity('component:default/broken', callerWithout());
    expect(answer.match.problems).toMatchObject([
      {
        annotation: 'backstage.io/kubernetes-label-selector',
        value: 'app=(',
        message: expect.stringContaining('kubectl get -l'),
      },
    ]);
    expect(answer.items).toEqual([]);
  });

  it('lists what nobody owns with what would change that, as far as the caller may know', async () => {
    const { unowned, fleet } = await setUp();
    const caller = callerWithout();
    const answer = await unowned(caller);
    expect(listUnownedWorkloadsRoute.response.parse(answer)).toEqual(answer);
    expect(answer.items).toMatchObject([
      {
        name: 'lonely',
        ownership: 'unowned',
        hint: {
          because: 'same_namespace',
          target: 'namespace',
          key: 'backstage.io/owner',
          entityRef: 'component:default/cart',
        },
      },
      {
        name: 'web',
        hint: {
          because: 'same_name',
          key: ID,
          value: 'web',
          entityRef: 'component:default/web',
          title: 'The component:default/web',
          problem: expect.stringContaining(`${ID}=nobody names no entity`),
        },
      },
    ]);
    expect(caller.asked).toHaveLength(1);
    const blind = await unowned(
      callerWithout('component:default/cart', 'component:default/web'),
    );
    expect(blind.items[0].hint).toEqual({
      key: ID,
      target: 'workload',
      because: 'none',
    });
    expect((await unowned(caller, { cluster: 'dev' })).totalItems).toBe(1);
    expect(await fleet.summary(caller)).toMatchObject({
      ownership: { owned: 3, unowned: 2 },
      catalogIndex: { asOf: expect.any(String) },
    });
  });

  it('keeps to the clusters that the caller may see', async () => {
    const { byEntity, unowned, service, fleet } = await setUp();
    const caller = {
      ...callerWithout(),
      clusters: {
        narrow: (query: any, column: string) =>
          query.whereIn(column, (inner: any) =>
            inner.from('clusters').where({ name: 'dev' }).select('id'),
          ),
      },
    };
    const answer = await byEntity(TEAM, caller);
    expect(answer.totals).toEqual({ clusters: 1, workloads: 1, notReady: 1 });
    expect(named(answer.items)).toEqual(['dev/cart-app']);
    expect((await unowned(caller)).totalItems).toBe(1);
    const pairs = await service.listEntityClusters(
      listEntityClustersRoute.query.parse({}),
      caller,
    );
    expect(pairs.totalItems).toBe(1);
    expect((await fleet.summary(caller)).ownership).toEqual({
      owned: 1,
      unowned: 1,
    });
  });

  it('says nothing of owners before the catalog was read', async () => {
    const knex = await databases.create(id);
    const room = fleetRoom(knex);
    await room.collect(await room.addCluster('prod'), 'deployments', [
      deployment('cart'),
    ]);
    const caller = callerWithout();
    expect(await room.service.summary(caller)).toMatchObject({
      ownership: null,
      catalogIndex: { asOf: null },
    });
    const { items } = await room.workloadService.list(
      listWorkloadsRoute.query.parse({}),
      caller,
    );
    expect(items).toMatchObject([{ ownership: 'unknown', owners: [] }]);
  });
});
