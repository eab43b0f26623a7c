import { NotFoundError } from '@backstage/errors';
import {
  clusterDetailSchema,
  fleetSummarySchema,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from '@roadbed/backstage-plugin-platform-common';
import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import { clusterScope } from './access/clusterScope';
import { ANYBODY, deployment, fleetRoom } from './__testUtils__/fleetFixture';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

const clusters = (query: object = {}) => listClustersRoute.query.parse(query);
const workloads = (query: object = {}) => listWorkloadsRoute.query.parse(query);

describe.each(databases.ids)('FleetService on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    return { knex, ...fleetRoom(knex) };
  }

  it('answers an empty fleet in the described shape', async () => {
    const { service } = await setUp();
    const summary = await service.summary(ANYBODY);
    expect(fleetSummarySchema.parse(summary)).toEqual(summary);
    expect(summary).toMatchObject({
      clusters: { total: 0, byState: {} },
      attention: [],
      oldestDataAt: null,
    });
    expect(summary.firstCollection).toBeUndefined();
  });

  it('tells the progress of the first collection until it is over', async () => {
    const { service, addCluster, collect, collectNothing } = await setUp();
    const clusterId = await addCluster('prod');
    await addCluster('dev');
    await collect(clusterId, 'deployments', [deployment('cart')]);
    expect((await service.summary(ANYBODY)).firstCollection).toEqual({
      clustersDone: 0,
      clustersTotal: 2,
      jobsDone: 1,
      jobsTotal: 18,
      objects: 1,
    });
    await collectNothing(clusterId);
    expect((await service.summary(ANYBODY)).firstCollection).toMatchObject({
      clustersDone: 1,
    });
    expect((await service.getCluster('prod', ANYBODY)).state).toBe('fresh');
  });

  it('does not name a cluster that the caller may not see, not even as another name', async () => {
    const { service, addCluster } = await setUp();
    const hidden = await addCluster('hidden', { uid: 'u1' });
    await addCluster('shop', { uid: 'u1', duplicate_of: hidden });
    const caller = {
      ...ANYBODY,
      clusters: clusterScope({ attribute: 'name', values: ['shop'] }),
    };
    const answers = [
      await service.summary(caller),
      await service.listClusters(clusters(), caller),
      await service.getCluster('shop', caller),
    ];
    expect(JSON.stringify(answers)).not.toContain('hidden');
    expect(answers[2]).toMatchObject({
      state: 'duplicate',
      identity: { otherNames: [] },
      reasons: [{ message: expect.stringContaining('another cluster') }],
    });
    await expect(service.getCluster('hidden', caller)).rejects.toThrow(
      NotFoundError,
    );
  });

  it('says what is wrong with a cluster, worst first', async () => {
    const { service, addCluster, collectNothing, knex } = await setUp();
    const shop = await addCluster('shop', { uid: 'u1' });
    await addCluster('shop-old', { uid: 'u1', duplicate_of: shop });
    await addCluster('laptop', {
      access: null,
      access_problem: JSON.stringify({
        code: 'user_token',
        message: 'needs the token of a user',
      }),
    });
    const edge = await addCluster('edge');
    await collectNothing(shop);
    await collectNothing(edge);
    await knex('cluster_breakers').insert({
      cluster_id: edge,
      fails: 3,
      open_until_at: Date.now() + 60_000,
      unreachable_since_at: Date.parse('2026-11-21T09:10:00Z'),
      last_error_code: 'connect_timeout',
      last_error_message: 'Cluster edge: no connection within 5 s',
    });
    const summary = await service.summary(ANYBODY);
    expect(fleetSummarySchema.parse(summary)).toEqual(summary);
    expect(
      summary.attention.map(({ cluster, state }) => [cluster, state]),
    ).toEqual([
      ['laptop', 'not_collectable'],
      ['shop-old', 'duplicate'],
      ['edge', 'unreachable'],
    ]);
    // What does not answer is not waited for.
    await knex('collect_coverage').where({ cluster_id: edge }).delete();
    expect((await service.summary(ANYBODY)).firstCollection).toBeUndefined();
    await knex('cluster_breakers').delete();
    await knex('clusters').where({ id: edge }).update({ missing_since_at: 1 });
    expect((await service.summary(ANYBODY)).firstCollection).toBeUndefined();
    expect(summary.attention[2].reason).toEqual({
      code: 'connect_timeout',
      message: 'No connection within 5 s',
      since: '2026-11-21T09:10:00.000Z',
    });
    // An address keeps its case.
    await knex('cluster_breakers').insert({
      cluster_id: edge,
      fails: 3,
      open_until_at: Date.now() + 60_000,
      last_error_message: 'Cluster edge: https://edge:6443 refuses connections',
    });
    expect(
      (await service.getCluster('edge', ANYBODY)).reasons.map(
        ({ message }) => message,
      ),
    ).toContain('https://edge:6443 refuses connections');
    const detail = await service.getCluster('shop', ANYBODY);
    expect(clusterDetailSchema.parse(detail)).toEqual(detail);
    expect(detail.identity).toMatchObject({
      uid: 'u1',
      otherNames: ['shop-old'],
    });
  });

  it('says the same of a cluster in brief as on its page', async () => {
    const { service, addCluster, collect, collectNothing, knex } =
      await setUp();
    const shop = await addCluster('shop', { uid: 'u1', title: 'The shop' });
    await addCluster('shop-old', { uid: 'u1', duplicate_of: shop });
    const [prod, stale, partial, edge, gone, begun] = [
      await addCluster('prod'),
      await addCluster('stale'),
      await addCluster('partial'),
      await addCluster('edge'),
      await addCluster('gone', { missing_since_at: 1_700_000_000_000 }),
      await addCluster('begun'),
    ];
    await addCluster('new');
    for (const clusterId of [shop, prod, stale, partial, edge, gone]) {
      await collectNothing(clusterId);
    }
    await collect(begun, 'pods', []);
    const coverage = (cluster: number, collector: string) =>
      knex('collect_coverage').where({ cluster_id: cluster, collector });
    await coverage(stale, 'jobs').update({ complete_at: 1_700_000_000_000 });
    await coverage(partial, 'pods').update({
      problem: JSON.stringify({
        code: 'forbidden',
        message: 'Cluster partial: may not list',
        missingRule: { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      }),
    });
    await coverage(partial, 'jobs').update({
      complete_at: null,
      problem: JSON.stringify({ code: 'not_served', message: 'no such API' }),
    });
    await knex('cluster_breakers').insert({
      cluster_id: edge,
      fails: 3,
      open_until_at: Date.now() + 60_000,
      last_error_message: 'Cluster edge: no connection within 5 s',
    });

    const briefs = await service.briefs(ANYBODY);
    for (const brief of briefs) {
      const page = await service.getCluster(brief.name, ANYBODY);
      const { name, title, state, reasons, oldestDataAt, attributes } = page;
      expect(brief).toMatchObject({ name, state, reasons, oldestDataAt });
      expect(brief.title).toBe(title ?? null);
      expect(brief.environment).toBe(attributes.environment?.value ?? null);
      for (const { collector, asOf } of page.coverage) {
        expect(brief.asOf(collector)).toBe(asOf);
      }
    }
    expect(
      Object.fromEntries(briefs.map(({ name, state }) => [name, state])),
    ).toEqual({
      shop: 'fresh',
      'shop-old': 'duplicate',
      prod: 'fresh',
      stale: 'stale',
      partial: 'partial',
      edge: 'unreachable',
      gone: 'missing',
      begun: 'collecting',
      new: 'collecting',
    });
    const some = await service.briefs(ANYBODY, [prod, stale]);
    expect(some.map(({ name }) => name).sort()).toEqual(['prod', 'stale']);
    expect(await service.briefs(ANYBODY, [])).toEqual([]);
  });

  it('collection B7.5: keeps a replaced cluster apart, and tells that it was there', async () => {
    const { service, workloadService, addCluster, collect } = await setUp();
    const before = await addCluster('prod', {
      uid: 'old',
      active: false,
      replaced_at: 5_000,
    });
    await collect(before, 'deployments', [deployment('ghost')]);
    const now = await addCluster('prod', { uid: 'new' });
    await collect(now, 'deployments', [deployment('cart')]);
    const { items } = await workloadService.list(workloads(), ANYBODY);
    expect(items.map(({ name }) => name)).toEqual(['cart']);
    expect(
      (await service.getCluster('prod', ANYBODY)).identity.previous,
    ).toEqual([
      expect.objectContaining({
        uid: 'old',
        replacedAt: '1970-01-01T00:00:05.000Z',
      }),
    ]);
  });

  it('does not count a second name twice', async () => {
    const {
      workloadService,
      service,
      addCluster,
      collectNothing,
      collect,
      knex,
    } = await setUp();
    const first = await addCluster('shop');
    await collectNothing(first);
    await collect(first, 'deployments', [deployment('cart')]);
    const second = await addCluster('shop-old');
    await collectNothing(second);
    await collect(second, 'deployments', [deployment('cart')]);
    expect((await service.summary(ANYBODY)).workloads.total).toBe(2);
    await knex('clusters')
      .where({ id: second })
      .update({ duplicate_of: first });
    expect((await service.summary(ANYBODY)).workloads.total).toBe(1);
    expect((await workloadService.list(workloads(), ANYBODY)).totalItems).toBe(
      1,
    );
  });

  it('has no cluster of an unknown name', async () => {
    const { service } = await setUp();
    await expect(service.getCluster('nowhere', ANYBODY)).rejects.toThrow(
      NotFoundError,
    );
  });

  it('filters clusters by what is known and by what is not', async () => {
    const { service, addCluster } = await setUp();
    for (const name of ['prod', 'dev', 'test_1']) await addCluster(name);
    const names = async (query: object) =>
      (await service.listClusters(clusters(query), ANYBODY)).items.map(
        ({ name }) => name,
      );
    expect(await names({})).toEqual(['dev', 'prod', 'test_1']);
    expect(await names({ order: 'desc' })).toEqual(['test_1', 'prod', 'dev']);
    expect(await names({ environment: 'prod' })).toEqual(['prod']);
    expect(await names({ environment: 'unknown' })).toEqual(['dev', 'test_1']);
    expect(await names({ minor: ['unknown', '1.34'], q: 'E' })).toEqual([
      'dev',
      'test_1',
    ]);
    expect(await names({ state: 'fresh' })).toEqual([]);
  });

  it('filters workloads; what looks like a pattern is text', async () => {
    const { workloadService, addCluster, collect } = await setUp();
    const clusterId = await addCluster('prod');
    await collect(clusterId, 'deployments', [
      deployment('cart'),
      deployment('Cart_DB', { ready: 0 }),
      deployment('100%'),
    ]);
    const names = async (query: object) =>
      (await workloadService.list(workloads(query), ANYBODY)).items.map(
        ({ name }) => name,
      );
    expect(await names({ q: 'cart' })).toEqual(['Cart_DB', 'cart']);
    expect(await names({ q: '%' })).toEqual(['100%']);
    expect(await names({ q: '_' })).toEqual(['Cart_DB']);
    expect(await names({ q: '\\' })).toEqual([]);
    expect(await names({ q: `'; drop table clusters; --` })).toEqual([]);
    expect(await names({ image: 'REGISTRY.example/cart:' })).toEqual(['cart']);
    expect(await names({ status: 'not_ready' })).toEqual(['Cart_DB']);
    expect(await names({ cluster: 'dev' })).toEqual([]);
    expect(await names({ namespace: 'shop', kind: 'Deployment' })).toHaveLength(
      3,
    );
  });

  it.each(['name', 'namespace', 'cluster', 'kind', 'status'] as const)(
    'walks workloads by %s through cursors, there and back, each row once',
    async sort => {
      const { workloadService, addCluster, collect } = await setUp();
      for (const cluster of ['a', 'b']) {
        const clusterId = await addCluster(cluster);
        await collect(
          clusterId,
          'deployments',
          // The same names again and again, so that ties matter.
          Array.from({ length: 9 }, (_, index) => ({
            ...deployment(`w${index % 2}`, { ready: index % 3 }),
            key: `${cluster}-${index}`,
            namespace: `ns${index % 3}`,
          })),
        );
      }
      for (const order of ['asc', 'desc'] as const) {
        const query = { sort, order };
        const whole = (
          await workloadService.list(workloads(query), ANYBODY)
        ).items.map(item => item.id);
        expect(new Set(whole).size).toBe(18);
        const forward: string[] = [];
        let page = await workloadService.list(
          workloads({ ...query, limit: 5 }),
          ANYBODY,
        );
        expect(page.pageInfo.previousCursor).toBeUndefined();
        for (;;) {
          expect(page.totalItems).toBe(18);
          forward.push(...page.items.map(item => item.id));
          if (!page.pageInfo.nextCursor) break;
          page = await workloadService.list(
            workloads({ ...query, limit: 5, cursor: page.pageInfo.nextCursor }),
            ANYBODY,
          );
        }
        expect(forward).toEqual(whole);
        const back = page.items.map(item => item.id);
        while (page.pageInfo.previousCursor) {
          page = await workloadService.list(
            workloads({
              ...query,
              limit: 5,
              cursor: page.pageInfo.previousCursor,
            }),
            ANYBODY,
          );
          back.unshift(...page.items.map(item => item.id));
        }
        expect(back).toEqual(whole);
      }
    },
  );

  it('refuses a cursor of another query, by name', async () => {
    const { service, workloadService, addCluster, collect } = await setUp();
    const clusterId = await addCluster('prod');
    await addCluster('dev');
    await collect(clusterId, 'deployments', [
      deployment('cart'),
      deployment('checkout'),
    ]);
    const { nextCursor: cursor } = (
      await workloadService.list(workloads({ limit: 1 }), ANYBODY)
    ).pageInfo;
    expect(cursor).toEqual(expect.any(String));
    const message = /^Query parameter "cursor": it belongs to a query with/;
    for (const other of [{ sort: 'status' }, { order: 'desc' }, { q: 'c' }]) {
      await expect(
        workloadService.list(workloads({ cursor, ...other }), ANYBODY),
      ).rejects.toThrow(message);
    }
    await expect(
      service.listClusters(clusters({ cursor }), ANYBODY),
    ).rejects.toThrow(message);
  });

  it('walks clusters and the ledger through cursors, there and back', async () => {
    const { service, collectionService, addCluster, ledger, database } =
      await setUp();
    for (let index = 0; index < 7; index++) {
      const clusterId = await addCluster(`c${index}`);
      await database.write(tx =>
        ledger.insert(tx, [
          {
            id: `00000000-0000-4000-8000-00000000000${index}`,
            clusterId,
            collector: 'nodes',
            startedAt: 1_000 + Math.floor(index / 3),
            finishedAt: 2_000,
            outcome: index % 2 ? 'error' : 'success',
            objects: 1,
            pages: 1,
            requests: 1,
            bytes: 10,
            upserted: 0,
            deleted: 0,
            unchanged: 1,
            resourceVersion: null,
            code: null,
            message: null,
            replica: 'r',
            epoch: 1,
          },
        ]),
      );
    }
    const lists = [
      (query: object) =>
        service
          .listClusters(clusters(query), ANYBODY)
          .then(page => ({ ...page, ids: page.items.map(item => item.id) })),
      (query: object) =>
        collectionService
          .list(listCollectionsRoute.query.parse(query), ANYBODY)
          .then(page => ({ ...page, ids: page.items.map(item => item.id) })),
    ];
    for (const list of lists) {
      const whole = (await list({})).ids;
      expect(whole).toHaveLength(7);
      let page = await list({ limit: 3 });
      const forward = [...page.ids];
      while (page.pageInfo.nextCursor) {
        page = await list({ limit: 3, cursor: page.pageInfo.nextCursor });
        forward.push(...page.ids);
      }
      expect(forward).toEqual(whole);
      const back = [...page.ids];
      while (page.pageInfo.previousCursor) {
        page = await list({ limit: 3, cursor: page.pageInfo.previousCursor });
        back.unshift(...page.ids);
      }
      expect(back).toEqual(whole);
    }
    const errors = await collectionService.list(
      listCollectionsRoute.query.parse({ outcome: 'error', cluster: 'c1' }),
      ANYBODY,
    );
    expect(errors.items).toMatchObject([{ cluster: 'c1', outcome: 'error' }]);
  });
});
