import type { Entity } from '@backstage/catalog-model';
import {
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
  MAX_OWNERS,
} from '@roadbed/backstage-plugin-platform-common';
import { randomBytes } from 'node:crypto';
import { component } from '../../catalog/__testUtils__/scriptedCatalog';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import { catalogRoom } from '../__testUtils__/catalogRoom';
import { ANYBODY, deployment, fleetRoom } from '../__testUtils__/fleetFixture';
import type { Caller } from '../access/Caller';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

const ID = 'backstage.io/kubernetes-id';
const SELECTOR = 'backstage.io/kubernetes-label-selector';
const EVERYTHING = '!roadbed.dev/nothing-has-this';
const CART = 'component:default/cart';

/** Text that no database can make smaller. */
const noise = (length: number) =>
  randomBytes(length).toString('hex').slice(0, length);

const selecting = (name: string, selector: string) =>
  component(name, { annotations: { [SELECTOR]: selector } });

const workload = (name: string, labels: object = { [ID]: name }) =>
  deployment(name, { labels });

/** Reads these entities and no others. */
const readerOf = (...refs: string[]): Caller => ({
  ...ANYBODY,
  readEntities: async asked =>
    new Map(
      asked
        .filter(ref => refs.includes(ref))
        .map(entityRef => [entityRef, { entityRef }]),
    ),
  readableRefs: async asked => new Set(asked.filter(ref => refs.includes(ref))),
});

describe.each(databases.ids)('hostile entities of the catalog, on %s', id => {
  async function setUp(...entities: Entity[]) {
    const knex = await databases.create(id);
    const room = fleetRoom(knex);
    const { catalog, sync } = catalogRoom(knex, room);
    const clusterId = await room.addCluster('prod');
    catalog.entities = entities;
    const refresh = async () => {
      const result = await sync.refresh();
      expect(result.ok).toBe(true);
      return result;
    };
    await refresh();
    return {
      knex,
      catalog,
      refresh,
      collect: (...objects: ReturnType<typeof deployment>[]) =>
        room.collect(clusterId, 'deployments', objects),
      ownersOf: async (name: string): Promise<string[]> =>
        knex('fleet_workload_owners as o')
          .join('fleet_workloads as w', join =>
            join.on('o.cluster_id', 'w.cluster_id').andOn('o.key', 'w.key'),
          )
          .where('w.name', name)
          .orderBy('o.entity_ref')
          .pluck('o.entity_ref'),
      byEntity: (ref: string, caller: Caller) => {
        const [kind, namespace, name] = ref.split(/[:/]/);
        return room.ownershipService.listEntityWorkloads(
          { kind, namespace, name },
          listEntityWorkloadsRoute.query.parse({}),
          caller,
        );
      },
      unowned: (caller: Caller) =>
        room.ownershipService.listUnowned(
          listUnownedWorkloadsRoute.query.parse({}),
          caller,
        ),
    };
  }

  it('keeps little of an entity that is large, and all of the others', async () => {
    const large = component('large', {
      kind: 'Resource',
      spec: { type: 'kubernetes-cluster' },
      owner: `group:default/${noise(100_000)}`,
      annotations: Object.fromEntries(
        [
          ID,
          SELECTOR,
          'backstage.io/kubernetes-namespace',
          'backstage.io/kubernetes-cluster',
          'roadbed.dev/environment',
          'roadbed.dev/region',
          'example.com/other',
        ].map(key => [key, noise(1_000_000)]),
      ),
    });
    large.metadata.labels = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`l${i}`, noise(63)]),
    );
    const named = component('named', {
      kind: 'Resource',
      annotations: { 'roadbed.dev/cluster': noise(1_000_000) },
    });
    const { knex, collect, ownersOf, byEntity } = await setUp(
      component('cart'),
      large,
      named,
    );
    await collect(workload('cart'));
    expect(await ownersOf('cart')).toEqual([CART]);
    const rows = await knex('catalog_entities').select('doc');
    expect(rows).toHaveLength(3);
    for (const { doc } of rows) {
      expect(JSON.stringify(doc).length).toBeLessThan(20_000);
    }
    const { match } = await byEntity(
      'resource:default/large',
      readerOf('resource:default/large'),
    );
    expect(JSON.stringify(match.problems).length).toBeLessThan(1_000);
    expect(match.problems[0].message).toContain('at most 4096 characters');
  });

  it('reads on where relations of an entity lead nowhere', async () => {
    const broken = component('broken');
    broken.relations = [
      { type: 'ownedBy', targetRef: '::://' },
      { type: 'ownedBy', targetRef: undefined as unknown as string },
      { type: 'ownedBy', targetRef: `group:default/${'x'.repeat(1_000_000)}` },
      { type: 'partOf', targetRef: 'nothing' },
      { type: 'ownedBy', targetRef: 'group:default/team-a' },
    ];
    const { knex, collect, ownersOf } = await setUp(broken, component('cart'));
    await collect(workload('cart'), workload('broken'));
    expect(await ownersOf('cart')).toEqual([CART]);
    expect(
      await knex('fleet_workload_owners')
        .where({ entity_ref: 'component:default/broken' })
        .pluck('owner_ref'),
    ).toEqual(['group:default/team-a']);
  });

  it('takes names of prototypes for names', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const strange = component('strange');
    strange.metadata.annotations = JSON.parse(
      '{"__proto__":{"polluted":"yes"},"constructor":"x"}',
    );
    const { collect, ownersOf } = await setUp(
      strange,
      ...names.map(name => component(name)),
      selecting('selector', 'constructor=x'),
    );
    await collect(
      ...names.map(name => workload(name)),
      workload('labelled', JSON.parse('{"__proto__":"x","constructor":"x"}')),
      workload('plain', {}),
    );
    for (const name of names) {
      expect(await ownersOf(name)).toEqual([
        `component:default/${name.toLowerCase()}`,
      ]);
    }
    expect(await ownersOf('labelled')).toEqual(['component:default/selector']);
    expect(await ownersOf('plain')).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('takes patterns for text', async () => {
    const patterns = ['.*', '(a+)+$', '%', '_', '*', 'cart%'];
    const { collect, ownersOf, knex } = await setUp(
      ...patterns.map((pattern, place) =>
        component(`p${place}`, { annotations: { [ID]: pattern } }),
      ),
      ...patterns.map((pattern, place) => selecting(`s${place}`, pattern)),
    );
    await collect(workload('cart'), workload('a'.repeat(60)));
    expect(await ownersOf('cart')).toEqual([]);
    expect(await knex('fleet_workload_owners')).toEqual([]);
  });

  it('gives a workload to those that name it, however many select everything', async () => {
    const flood = Array.from({ length: 3 * MAX_OWNERS }, (_, place) =>
      selecting(`a-flood-${place}`, EVERYTHING),
    );
    const { collect, ownersOf } = await setUp(
      ...flood,
      component('cart'),
      selecting('z-web', 'app=web'),
    );
    await collect(
      workload('cart'),
      workload('web', { app: 'web' }),
      workload('other', {}),
    );
    const cart = await ownersOf('cart');
    expect(cart).toHaveLength(MAX_OWNERS);
    expect(cart).toContain(CART);
    expect(await ownersOf('web')).toContain('component:default/z-web');
    expect(await ownersOf('other')).toHaveLength(MAX_OWNERS);
  });

  it('does not read a selector that lists a thousand values, and says so', async () => {
    const values = Array.from({ length: 100_000 }, (_, i) => `v${i}`);
    const ref = 'component:default/giant';
    const { collect, ownersOf, byEntity } = await setUp(
      selecting('giant', `app in (${values.join(',')})`),
    );
    await collect(workload('web', { app: 'v1' }));
    expect(await ownersOf('web')).toEqual([]);
    const { match, totalItems } = await byEntity(ref, readerOf(ref));
    expect(totalItems).toBe(0);
    expect(match.problems).toMatchObject([{ annotation: SELECTOR }]);
  });

  it('comes to an end where domains are part of each other', async () => {
    const domain = (name: string, parent: string) =>
      component(name, { kind: 'Domain', system: `domain:default/${parent}` });
    const chain = Array.from({ length: 5_000 }, (_, place) =>
      domain(`d${place}`, `d${place + 1}`),
    );
    const { collect, byEntity } = await setUp(
      ...chain,
      domain('d5000', 'd0'),
      component('shop', { kind: 'System', system: 'domain:default/d0' }),
      component('cart', { system: 'system:default/shop' }),
    );
    await collect(workload('cart'));
    const ref = 'domain:default/d4999';
    const { totalItems } = await byEntity(ref, readerOf(ref, CART));
    expect(totalItems).toBe(1);
  });

  describe('that claims what others run', () => {
    const THIEF = 'component:default/thief';

    const claimed = async () => {
      const room = await setUp(
        component('cart', { owner: 'group:default/team-a' }),
        component('thief', {
          owner: 'group:default/team-b',
          annotations: { [SELECTOR]: EVERYTHING },
        }),
      );
      await room.collect(workload('cart'), workload('cart-db', {}));
      return room;
    };

    it('takes nothing from whoever is named, and is told with its reason', async () => {
      const { byEntity } = await claimed();
      const { items } = await byEntity(CART, readerOf(CART, THIEF));
      expect(items).toMatchObject([
        {
          name: 'cart',
          owners: [
            { entityRef: CART, rule: 'kubernetes-id' },
            {
              entityRef: THIEF,
              ownerRef: 'group:default/team-b',
              rule: 'label-selector',
              detail: expect.stringContaining(EVERYTHING),
            },
          ],
        },
      ]);
    });

    it('sees no cluster by it that it could not see before', async () => {
      const { byEntity } = await claimed();
      const answer = await byEntity(THIEF, {
        ...readerOf(THIEF),
        clusters: { narrow: query => query.whereRaw('1 = 0') },
      });
      expect(answer).toMatchObject({
        items: [],
        totalItems: 0,
        clusters: [],
        totals: { clusters: 0, workloads: 0 },
      });
    });

    it('is not told to those who may not read it', async () => {
      const { byEntity } = await claimed();
      const answer = await byEntity(CART, readerOf(CART));
      expect(answer.totalItems).toBe(1);
      expect(JSON.stringify(answer)).not.toMatch(/thief|team-b/);
    });

    it('owns nothing by being called like it: a hint is only offered', async () => {
      const { knex, collect, unowned, catalog, refresh } = await setUp(
        component('other'),
      );
      await collect(workload('payments', {}));
      catalog.entities.push(
        component('payments', { kind: 'Resource', annotations: { [ID]: 'p' } }),
      );
      await refresh();
      const ref = 'resource:default/payments';
      expect((await unowned(readerOf(ref))).items).toMatchObject([
        { name: 'payments', hint: { entityRef: ref, because: 'same_name' } },
      ]);
      expect((await unowned(readerOf())).items).toMatchObject([
        { name: 'payments', hint: { because: 'none' } },
      ]);
      expect(await knex('fleet_workload_owners')).toEqual([]);
    });
  });
});
