import {
  CertificateAuthority,
  COLLECTOR_RULES,
  applyDeployment,
  deployment,
  namespace,
  node,
  startSimulatedCluster,
  type KubernetesObject,
  type SimulatedCluster,
  type SimulatedClusterOptions,
} from '@roadbed/fleet-simulator';
import type { Knex } from 'knex';
import { storeTestDatabases } from './collect/store/__testUtils__/databases';
import { CLUSTER_TABLES } from './collect/store/tables';
import {
  detailsOf,
  eventually,
  lendingOf,
  startPlatform,
} from './__testUtils__/startPlatform';

jest.setTimeout(90_000);

const databases = storeTestDatabases();

/** Of an authority that signed none of the simulated clusters. */
const otherCa = Buffer.from(
  CertificateAuthority.create('other').certPem,
).toString('base64');

describe.each(databases.ids)('the platform on %s', id => {
  const cleanUps: Array<() => Promise<unknown>> = [];

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  async function simulate(
    options: Partial<SimulatedClusterOptions> & { name: string },
  ): Promise<SimulatedCluster> {
    const cluster = await startSimulatedCluster({
      objects: [
        namespace({ name: 'shop' }),
        node({ name: 'node-1' }),
        deployment({ name: 'cart', namespace: 'shop', replicas: 2 }),
        deployment({ name: 'checkout', namespace: 'shop', replicas: 1 }),
      ],
      ...options,
    });
    cleanUps.push(() => cluster.stop());
    return cluster;
  }

  async function start(
    clusters: Parameters<typeof lendingOf>[0],
    options: { platform?: object; knex?: Knex } = {},
  ) {
    const knex = options.knex ?? (await databases.createEmpty(id));
    const platform = await startPlatform({
      knex,
      features: [lendingOf(clusters)],
      platform: options.platform,
    });
    cleanUps.push(platform.stop);
    return { knex, ...platform };
  }

  const isFresh = (cluster: any) => cluster.state === 'fresh';

  it('collects a cluster and follows it', async () => {
    const prod = await simulate({ name: 'prod', version: 'v1.34.4' });
    const { cluster, get, workloadNames } = await start([detailsOf(prod)]);
    const detail = await eventually(() => cluster('prod'), isFresh);
    expect(detail).toMatchObject({
      access: 'direct',
      version: { gitVersion: 'v1.34.4', minor: '1.34' },
      nodes: { total: 1, ready: 1 },
      workloads: { total: 2, notReady: 0 },
      identity: { uid: prod.uid },
    });
    applyDeployment(prod.store, {
      name: 'search',
      namespace: 'shop',
      replicas: 3,
    });
    await eventually(workloadNames, names => names.includes('search'));
    const { items } = await get('fleet/workloads?q=search');
    expect(items).toMatchObject([{ desired: 3, clusterState: 'fresh' }]);
    const ledger = await get('fleet/collections?outcome=success&limit=5');
    expect(ledger.totalItems).toBeGreaterThan(5);
  });

  it('stores, serves and logs none of the secrets of a cluster', async () => {
    const mark = (where: string) => `SECRET-MARK-${where}`;
    const marked = (object: KubernetesObject): KubernetesObject => {
      const copy = structuredClone(object) as any;
      copy.metadata.annotations = {
        ...copy.metadata.annotations,
        'kubectl.kubernetes.io/last-applied-configuration': mark('applied'),
        'example.com/note': mark('annotation'),
      };
      copy.metadata.managedFields = [
        {
          manager: 'kubectl',
          operation: 'Update',
          apiVersion: 'apps/v1',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:spec': { [mark('managed')]: {} } },
        },
      ];
      const pod = copy.spec?.template?.spec ?? copy.spec;
      for (const container of pod?.containers ?? []) {
        container.env = [{ name: 'PASSWORD', value: mark('env') }];
        container.args = [`--token=${mark('args')}`];
        container.command = [mark('command')];
      }
      return copy;
    };
    const secret: any = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: 'shop' },
      data: { password: Buffer.from(mark('secret')).toString('base64') },
      stringData: { password: mark('secret') },
    };
    const configMap: any = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'shop' },
      data: { key: mark('configmap') },
    };
    const prod = await simulate({
      name: 'prod',
      token: mark('token'),
      objects: [
        marked(namespace({ name: 'shop' })),
        marked(node({ name: 'node-1' })),
        marked(deployment({ name: 'cart', namespace: 'shop' })),
        secret,
        configMap,
      ],
    });
    // One collector that fails, for its messages.
    prod.faults.inject({
      kind: 'forbidden',
      group: 'apps',
      resource: 'daemonsets',
    });
    const { knex, get, cluster, logs } = await start([detailsOf(prod)]);
    await eventually(
      () => cluster('prod'),
      ({ state }) => state === 'partial',
    );
    const tables = [...CLUSTER_TABLES, 'clusters', 'cluster_list_state'];
    const stored = JSON.stringify(
      await Promise.all(tables.map(table => knex(table))),
    );
    const served = JSON.stringify(
      await Promise.all(
        [
          'fleet/summary',
          'fleet/clusters',
          'fleet/clusters/prod',
          'fleet/workloads',
          'fleet/collections?limit=500',
          'health',
          'openapi.json',
        ].map(get),
      ),
    );
    // The walk would find what is there.
    expect(stored).toContain('cart');
    expect(served).toContain('cart');
    for (const text of [stored, served, logs.join('\n')]) {
      expect(text).not.toContain('SECRET-MARK');
      expect(text).not.toContain(
        Buffer.from('SECRET-MARK').toString('base64').slice(0, -2),
      );
    }
  });

  it('collection B7.2: keeps what it has when a cluster dies, and goes on when it is back', async () => {
    const prod = await simulate({ name: 'prod' });
    const { cluster, workloadNames } = await start([detailsOf(prod)]);
    await eventually(() => cluster('prod'), isFresh);
    const heal = prod.faults.inject({ kind: 'refuse-connections' });
    const dead = await eventually(
      () => cluster('prod'),
      ({ state }) => state === 'unreachable',
    );
    expect(dead.reasons[0]).toMatchObject({
      code: 'connect_refused',
      since: expect.any(String),
    });
    expect(dead.workloads).toEqual({ total: 2, notReady: 0 });
    expect(await workloadNames()).toEqual(['cart', 'checkout']);
    heal();
    await eventually(() => cluster('prod'), isFresh, 60_000);
  });

  it('collection B7.4: keeps a cluster that leaves the list, through errors of the list too', async () => {
    const prod = await simulate({ name: 'prod' });
    let list = () => [detailsOf(prod)];
    const { cluster, readList, get, workloadNames } = await start(() => list());
    await eventually(() => cluster('prod'), isFresh);
    list = () => {
      throw new Error('the catalog is away');
    };
    await readList();
    expect((await get('health')).problems.join()).toContain('cluster list');
    expect((await cluster('prod')).state).toBe('fresh');
    list = () => [];
    await readList();
    expect(await cluster('prod')).toMatchObject({ state: 'missing' });
    expect(await workloadNames()).toEqual(['cart', 'checkout']);
    list = () => [detailsOf(prod)];
    await readList();
    await eventually(() => cluster('prod'), isFresh);
  });

  it('collection B7.5: tells two names of one cluster, and counts it once', async () => {
    const prod = await simulate({ name: 'prod' });
    const { cluster, get } = await start([
      detailsOf(prod),
      detailsOf(prod, { name: 'prod-old' }),
    ]);
    const names = ['prod', 'prod-old'];
    const states = await eventually(
      async () =>
        Promise.all(names.map(async name => (await cluster(name)).state)),
      found => [...found].sort().join() === 'duplicate,fresh',
    );
    expect((await get('fleet/summary')).workloads.total).toBe(2);
    const kept = names[states.indexOf('fresh')];
    const second = names[states.indexOf('duplicate')];
    expect((await cluster(kept)).identity.otherNames).toEqual([second]);
    expect((await cluster(second)).reasons[0].message).toContain(kept);
  });

  it('collection B7.5: never mixes the clusters that one name leads to', async () => {
    const before = await simulate({ name: 'prod' });
    const after = await simulate({
      name: 'prod',
      seed: 'another cluster',
      objects: [
        namespace({ name: 'shop' }),
        deployment({ name: 'brand-new', namespace: 'shop' }),
      ],
    });
    let list = [detailsOf(before)];
    const { cluster, readList, workloadNames } = await start(() => list);
    await eventually(() => cluster('prod'), isFresh);
    list = [detailsOf(after)];
    await readList();
    const detail = await eventually(
      () => cluster('prod'),
      ({ identity, state }) => identity.uid === after.uid && state === 'fresh',
    );
    expect(detail.identity.previous).toMatchObject([{ uid: before.uid }]);
    expect(await workloadNames()).toEqual(['brand-new']);
    // Back again: what was stored of it then is shown, not mixed.
    list = [detailsOf(before)];
    await readList();
    await eventually(
      () => cluster('prod'),
      ({ identity, state }) => identity.uid === before.uid && state === 'fresh',
    );
    expect(await workloadNames()).toEqual(['cart', 'checkout']);
  });

  it('collection B7.7: shows the last data at once after a restart', async () => {
    const prod = await simulate({ name: 'prod' });
    const knex = await databases.createEmpty(id);
    const first = await start([detailsOf(prod)], { knex });
    const { newestDataAt } = await eventually(
      () => first.cluster('prod'),
      isFresh,
    );
    await first.stop();
    await prod.stop();
    const second = await start([detailsOf(prod)], { knex });
    const detail = await second.cluster('prod');
    expect(detail.workloads.total).toBe(2);
    expect(Date.parse(detail.newestDataAt)).toBeGreaterThanOrEqual(
      Date.parse(newestDataAt),
    );
  });

  it.each([
    [
      'a host that does not resolve',
      () => ({ url: 'https://no-such-host.invalid:6443' }),
      'dns',
    ],
    ['a wrong CA', () => ({ caData: otherCa }), 'tls'],
    [
      'an expired token',
      () => ({
        authMetadata: {
          'kubernetes.io/auth-provider': 'serviceAccount',
          serviceAccountToken: 'expired',
        },
      }),
      'unauthorized',
    ],
  ])('names %s, and goes on with the others', async (_, wrong, code) => {
    const prod = await simulate({ name: 'prod' });
    const { cluster, get } = await start([
      detailsOf(prod),
      detailsOf(prod, { name: 'broken', ...wrong() }),
    ]);
    await eventually(() => cluster('prod'), isFresh);
    const { items } = await eventually(
      () => get('fleet/collections?cluster=broken&outcome=error'),
      page => page.items.length > 0,
    );
    expect(items[0].code).toBe(code);
    expect(items[0].message).toContain('broken');
    expect((await cluster('broken')).workloads).toBeNull();
  });

  it.each([
    ['HTML instead of JSON', { kind: 'html', status: 200 }, 'not_kubernetes'],
    [
      'a server that is not Kubernetes',
      { kind: 'not-kubernetes' },
      'not_kubernetes',
    ],
    ['a cut body', { kind: 'truncate', afterBytes: 40 }, 'truncated'],
  ] as const)('names %s, and keeps what it has', async (_, fault, code) => {
    const prod = await simulate({ name: 'prod' });
    const { cluster, get, workloadNames } = await start([detailsOf(prod)]);
    await eventually(() => cluster('prod'), isFresh);
    prod.faults.inject(fault);
    const { items } = await eventually(
      () => get('fleet/collections?cluster=prod&outcome=error'),
      page => page.items.length > 0,
    );
    expect(items.map((item: any) => item.code)).toContain(code);
    expect(await workloadNames()).toEqual(['cart', 'checkout']);
  });

  it('names the verb and the resource of a 403, and the group of a 404', async () => {
    const prod = await simulate({
      name: 'prod',
      rules: COLLECTOR_RULES.map(rule => ({
        ...rule,
        resources: rule.resources?.filter(resource => resource !== 'pods'),
      })),
    });
    prod.faults.inject({ kind: 'missing-group', group: 'batch' });
    const { cluster } = await start([detailsOf(prod)]);
    const detail = await eventually(
      () => cluster('prod'),
      ({ state, workloads }) => state === 'partial' && workloads !== null,
    );
    const coverage = (collector: string) =>
      detail.coverage.find((entry: any) => entry.collector === collector);
    expect(coverage('pods')).toMatchObject({
      state: 'not_collected',
      problem: {
        code: 'forbidden',
        missingRule: { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      },
    });
    expect(coverage('cronjobs').state).toBe('not_served');
    expect(detail.pods).toBeNull();
    expect(detail.workloads.total).toBe(2);
  });

  it('tells two clusters of one name in the list, and takes the first', async () => {
    const prod = await simulate({ name: 'prod' });
    const other = await simulate({ name: 'prod', seed: 'other', objects: [] });
    const { cluster, get } = await start([detailsOf(prod), detailsOf(other)]);
    const detail = await eventually(() => cluster('prod'), isFresh);
    expect(detail.identity.uid).toBe(prod.uid);
    expect((await get('fleet/summary')).clusterList.error).toContain('prod');
  });
});
