import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import { catalogRoom } from '../fleet/__testUtils__/catalogRoom';
import { fleetRoom } from '../fleet/__testUtils__/fleetFixture';
import { eventually } from '../__testUtils__/startPlatform';
import { component } from './__testUtils__/scriptedCatalog';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    component(`c${String(index).padStart(5, '0')}`, {
      owner: `group:default/team-${index % 50}`,
    }),
  );

describe.each(databases.ids)('CatalogSync on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const room = fleetRoom(knex);
    return {
      knex,
      ...room,
      ...catalogRoom(knex, room),
      refs: async () =>
        (await knex('catalog_entities').orderBy('entity_ref')).map(
          row => row.entity_ref,
        ),
    };
  }

  it('keeps the copy with its age and the error when a stream breaks off', async () => {
    const { catalog, sync, store, refs, metrics } = await setUp();
    expect(await store.info()).toEqual({ asOf: null });
    catalog.entities = many(1_200);
    catalog.failAfterPages = 1;
    await sync.refresh();
    expect(await store.info()).toEqual({
      asOf: null,
      error: 'catalog is away',
    });
    expect(await refs()).toEqual([]);

    catalog.failAfterPages = undefined;
    await sync.refresh();
    expect(metrics.outcomes).toEqual(['error', 'success']);
    expect(metrics.changes).toEqual([
      { updated: 1_200, deleted: 0, decided: 0 },
    ]);
    const { asOf } = await store.info();
    expect(await refs()).toHaveLength(1_200);

    // An hour without a catalog, which then comes back half empty.
    for (let attempt = 0; attempt < 6; attempt++) {
      catalog.failAfterPages = attempt % 3;
      await sync.refresh();
    }
    expect(await store.info()).toEqual({ asOf, error: 'catalog is away' });
    expect(await refs()).toHaveLength(1_200);

    catalog.failAfterPages = undefined;
    catalog.entities = [];
    await sync.refresh();
    expect(await refs()).toEqual([]);
    expect((await store.info()).error).toBeUndefined();
    expect(metrics.changes.at(-1)).toMatchObject({
      updated: 0,
      deleted: 1_200,
    });
  });

  it('writes only what changed', async () => {
    const { knex, catalog, sync, store } = await setUp();
    catalog.entities = many(50);
    await sync.refresh();
    const { revision } = await store.state();
    await sync.refresh();
    expect((await store.state()).revision).toBe(revision);
    catalog.entities[7] = component('c00007', { owner: 'group:default/x' });
    await sync.refresh();
    const after = (await store.state()).revision;
    expect(after).toBe(revision + 1);
    expect(
      await knex('catalog_entities').where({ revision: after }),
    ).toHaveLength(1);
  });

  it('reads what events name, in one batch, and what they say is gone', async () => {
    const { catalog, sync, refs, collect, addCluster, knex } = await setUp();
    catalog.entities = many(10);
    await sync.start();
    await eventually(refs, found => found.length === 10);
    const clusterId = await addCluster('prod');
    await collect(clusterId, 'deployments', [
      {
        key: 'uid',
        namespace: 'shop',
        name: 'new',
        doc: { labels: { 'backstage.io/kubernetes-id': 'new' } },
      },
    ]);
    catalog.entities = [component('new'), ...catalog.entities.slice(1)];
    const { stream } = catalog.calls;
    for (const name of ['new', 'c00000', 'c00003', 'new']) {
      await catalog.publish(`component:default/${name}`);
    }
    await eventually(
      () => knex('fleet_workload_owners').select('entity_ref'),
      rows => rows.length === 1,
    );
    expect(await refs()).not.toContain('component:default/c00000');
    expect(await refs()).toHaveLength(10);
    expect(catalog.calls).toEqual({ stream, byRefs: 1 });
    await sync.stop();
  });

  it('does not let an old page overwrite what was read since', async () => {
    const { knex, catalog, sync, store } = await setUp();
    catalog.entities = [component('cart', { owner: 'group:default/old' })];
    await sync.refresh();
    const state = await store.state();
    const newer = { ...(await store.entities(['component:default/cart']))[0] };
    newer.ownerRef = 'group:default/newer';
    await knex.transaction(tx =>
      store.apply(tx, {
        upserts: [newer],
        deletedRefs: [],
        since: state.revision,
        complete: false,
      }),
    );
    const older = { ...newer, ownerRef: 'group:default/older' };
    await knex.transaction(tx =>
      store.apply(tx, {
        upserts: [older],
        deletedRefs: [],
        since: state.revision,
        complete: true,
      }),
    );
    expect(await store.entities(['component:default/cart'])).toMatchObject([
      { ownerRef: 'group:default/newer' },
    ]);
  });

  it('takes 20,000 entities without holding up anything else', async () => {
    const { catalog, sync, index, refs } = await setUp();
    catalog.entities = many(20_000);
    const memory = process.memoryUsage().heapUsed;
    // Turns that others get meanwhile; none if it were done in one go.
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await sync.refresh();
    const { index: entities } = await index.current();
    clearInterval(timer);
    expect(entities.size).toBe(20_000);
    expect(await refs()).toHaveLength(20_000);
    const heap = process.memoryUsage().heapUsed - memory;
    expect(heap).toBeLessThan(150e6);
    expect(turns).toBeGreaterThan(20);
  });
});
