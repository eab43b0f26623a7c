import { component } from '../../catalog/__testUtils__/scriptedCatalog';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import { catalogRoom } from '../__testUtils__/catalogRoom';
import { deployment, fleetRoom, object } from '../__testUtils__/fleetFixture';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

const ID = 'backstage.io/kubernetes-id';
const labelled = (name: string, labels: object, doc: object = {}) =>
  deployment(name, { labels, ...doc });
const namespace = (name: string, doc: object = {}) =>
  object(`uid-ns-${name}`, doc, { name, namespace: null });

describe.each(databases.ids)('Ownership on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const room = fleetRoom(knex);
    const clusterId = await room.addCluster('prod');
    return {
      knex,
      ...room,
      clusterId,
      ...catalogRoom(knex, room),
      /** Workload to owners; `null` where ownership is unknown. */
      async owners() {
        const rows = await knex('fleet_workloads as w')
          .leftJoin('fleet_workload_owners as o', join =>
            join.on('o.cluster_id', 'w.cluster_id').andOn('o.key', 'w.key'),
          )
          .orderBy(['w.name', 'o.entity_ref'])
          .select('w.name', 'w.owned', 'o.entity_ref');
        const result: Record<string, string[] | null> = {};
        for (const { name, owned, entity_ref: ref } of rows) {
          if (owned === null) result[name] = null;
          else (result[name] ??= []).push(...(ref ? [ref] : []));
          expect(Boolean(ref)).toBe(Boolean(owned));
        }
        return result;
      },
      problemOf: async (name: string) =>
        (await knex('fleet_workloads').where({ name }).first()).owner_problem,
    };
  }

  it('is unknown until the catalog was read once, and known from then on', async () => {
    const { collect, clusterId, owners, catalog, sync } = await setUp();
    await collect(clusterId, 'deployments', [
      labelled('cart', { [ID]: 'cart' }),
      deployment('lonely'),
    ]);
    expect(await owners()).toEqual({ cart: null, lonely: null });
    catalog.entities = [component('cart')];
    await sync.refresh();
    expect(await owners()).toEqual({
      cart: ['component:default/cart'],
      lonely: [],
    });
    await collect(clusterId, 'deployments', [
      labelled('cart', { [ID]: 'cart' }),
      labelled('web', { [ID]: 'cart' }),
    ]);
    expect(await owners()).toEqual({
      cart: ['component:default/cart'],
      web: ['component:default/cart'],
    });
  });

  it('follows entities that are added, changed, renamed and deleted', async () => {
    const { collect, clusterId, owners, catalog, sync, sweeps } = await setUp();
    await sync.refresh();
    await collect(clusterId, 'deployments', [
      labelled('cart', { [ID]: 'cart', app: 'cart' }),
      labelled('web', { app: 'web' }),
      deployment('other'),
    ]);
    expect(await owners()).toEqual({ cart: [], web: [], other: [] });

    catalog.entities = [component('cart')];
    await sync.refresh();
    expect(await owners()).toMatchObject({ cart: ['component:default/cart'] });
    expect(sweeps[sweeps.length - 1]).toEqual({ all: false, decided: 1 });

    catalog.entities = [
      component('cart', {
        annotations: {
          'backstage.io/kubernetes-label-selector': 'app in (web,cart)',
        },
      }),
    ];
    await sync.refresh();
    expect(await owners()).toEqual({
      cart: ['component:default/cart'],
      web: ['component:default/cart'],
      other: [],
    });

    catalog.entities = [component('basket', { annotations: { [ID]: 'cart' } })];
    await sync.refresh();
    expect(await owners()).toEqual({
      cart: ['component:default/basket'],
      web: [],
      other: [],
    });

    catalog.entities = [];
    await sync.refresh();
    expect(await owners()).toEqual({ cart: [], web: [], other: [] });
  });

  it('tells who owns the entity, also when only that changes', async () => {
    const { knex, collect, clusterId, catalog, sync } = await setUp();
    const owner = async () =>
      await knex('fleet_workload_owners').first('owner_ref', 'system_ref');
    catalog.entities = [component('cart', { owner: 'group:default/a' })];
    await sync.refresh();
    await collect(clusterId, 'deployments', [
      labelled('cart', { [ID]: 'cart' }),
    ]);
    expect(await owner()).toEqual({
      owner_ref: 'group:default/a',
      system_ref: null,
    });
    catalog.entities = [
      component('cart', {
        owner: 'group:default/b',
        system: 'system:default/shop',
      }),
    ];
    await sync.refresh();
    expect(await owner()).toEqual({
      owner_ref: 'group:default/b',
      system_ref: 'system:default/shop',
    });
  });

  it('follows the owners that namespaces name, whichever comes first', async () => {
    const { collect, clusterId, owners, problemOf, catalog, sync } =
      await setUp();
    await sync.refresh();
    await collect(clusterId, 'deployments', [deployment('cart')]);
    const annotated = namespace('shop', {
      annotations: { 'backstage.io/owner': 'team-shop' },
    });
    await collect(clusterId, 'namespaces', [annotated]);
    expect(await owners()).toEqual({ cart: [] });
    expect(await problemOf('cart')).toMatch(
      /names group:default\/team-shop, which the catalog does not have/,
    );

    catalog.entities = [component('team-shop', { kind: 'Group' })];
    await sync.refresh();
    expect(await owners()).toEqual({ cart: ['group:default/team-shop'] });
    expect(await problemOf('cart')).toBeNull();

    await collect(clusterId, 'namespaces', [namespace('shop')]);
    expect(await owners()).toEqual({ cart: [] });
    await collect(clusterId, 'namespaces', [annotated]);
    await collect(clusterId, 'deployments', [
      deployment('cart'),
      deployment('web'),
    ]);
    expect(await owners()).toEqual({
      cart: ['group:default/team-shop'],
      web: ['group:default/team-shop'],
    });
  });

  it('follows ownerReferences to their root, also when the root comes or changes later', async () => {
    const { collect, clusterId, owners, catalog, sync } = await setUp();
    catalog.entities = [component('cart')];
    await sync.refresh();
    const child = object(
      'uid-child',
      { ownerReferences: [{ kind: 'StatefulSet', uid: 'uid-middle' }] },
      { name: 'child' },
    );
    const middle = object(
      'uid-middle',
      { ownerReferences: [{ kind: 'DaemonSet', uid: 'uid-root' }] },
      { name: 'middle' },
    );
    const root = (labels: object) =>
      object('uid-root', { labels }, { name: 'root' });
    await collect(clusterId, 'deployments', [child]);
    await collect(clusterId, 'statefulsets', [middle]);
    expect(await owners()).toEqual({ child: [], middle: [] });
    await collect(clusterId, 'daemonsets', [root({ [ID]: 'cart' })]);
    const cart = ['component:default/cart'];
    expect(await owners()).toEqual({ child: cart, middle: cart, root: cart });
    await collect(clusterId, 'daemonsets', [root({})]);
    expect(await owners()).toEqual({ child: [], middle: [], root: [] });
    await collect(clusterId, 'daemonsets', [root({ [ID]: 'cart' })]);
    await collect(clusterId, 'daemonsets', []);
    expect(await owners()).toEqual({ child: [], middle: [] });
  });

  it('forgets the owners of workloads that are gone', async () => {
    const { knex, collect, clusterId, catalog, sync } = await setUp();
    catalog.entities = [component('cart')];
    await sync.refresh();
    await collect(clusterId, 'deployments', [
      labelled('cart', { [ID]: 'cart' }),
    ]);
    await collect(clusterId, 'deployments', []);
    expect(await knex('fleet_workload_owners')).toEqual([]);
  });

  it('comes to the same end however changes overlap', async () => {
    const { knex, collect, clusterId, owners, catalog, sync } = await setUp();
    await sync.refresh();
    // Another replica, with a memory of its own.
    const pool = id.startsWith('POSTGRES') ? databases.secondPool(knex) : knex;
    const otherRoom = fleetRoom(pool);
    const other = catalogRoom(pool, otherRoom);
    other.catalog.entities = catalog.entities;
    const names = Array.from({ length: 40 }, (_, index) => `w${index}`);
    for (let round = 0; round < 6; round++) {
      const even = round % 2 === 0;
      const entities = names
        .filter((_, index) => (index % 2 === 0) === even)
        .map(name => component(name));
      catalog.entities = entities;
      other.catalog.entities = entities;
      const workloads = names.map(name =>
        labelled(name, { [ID]: name, round: String(round) }),
      );
      await Promise.all([
        sync.refresh(),
        collect(clusterId, 'deployments', workloads),
        otherRoom.collect(clusterId, 'namespaces', [
          namespace('shop', { labels: { round: String(round) } }),
        ]),
        other.sync.refresh(),
      ]);
      // Both replicas may have read the same stream; what they left is complete.
      await sync.refresh();
      expect(await owners()).toEqual(
        Object.fromEntries(
          names.map((name, index) => [
            name,
            (index % 2 === 0) === even ? [`component:default/${name}`] : [],
          ]),
        ),
      );
    }
  });

  it('takes up a sweep that was broken off', async () => {
    const { knex, collect, clusterId, owners, catalog, sync, sweeps } =
      await setUp();
    await sync.refresh();
    await collect(clusterId, 'deployments', [
      labelled('cart', { [ID]: 'cart' }),
    ]);
    catalog.entities = [component('cart')];
    // As if the process had ended between the change and the sweep.
    await knex('catalog_index_state').update({ evaluated_revision: -1 });
    await sync.refresh();
    expect(sweeps[sweeps.length - 1]).toEqual({ all: true, decided: 1 });
    expect(await owners()).toEqual({ cart: ['component:default/cart'] });
    await sync.refresh();
    const count = sweeps.length;
    await sync.refresh();
    expect(sweeps).toHaveLength(count);
  });

  it('holds names with quotes, unicode and 253 characters', async () => {
    const { collect, clusterId, owners, catalog, sync } = await setUp();
    const names = [`o'"brien; --`, 'käse-☃', 'x'.repeat(253)];
    catalog.entities = names.map((name, index) =>
      component(`e${index}`, { annotations: { [ID]: name } }),
    );
    await sync.refresh();
    await collect(
      clusterId,
      'deployments',
      names.map(name => deployment(name, { annotations: { [ID]: name } })),
    );
    expect(await owners()).toEqual(
      Object.fromEntries(
        names.map((name, index) => [name, [`component:default/e${index}`]]),
      ),
    );
  });
});
