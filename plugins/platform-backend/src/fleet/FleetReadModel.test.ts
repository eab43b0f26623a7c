import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import {
  ANYBODY,
  deployment,
  fleetRoom,
  object,
  podSum,
} from './__testUtils__/fleetFixture';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

const defaults = { sort: 'name', order: 'asc', limit: 50 } as const;

describe.each(databases.ids)('FleetReadModel on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const room = fleetRoom(knex);
    const clusterId = await room.addCluster('prod');
    return {
      ...room,
      knex,
      clusterId,
      workload: async (name: string) =>
        (await room.workloadService.list(defaults, ANYBODY)).items.find(
          item => item.name === name,
        ),
      cluster: () => room.service.getCluster('prod', ANYBODY),
    };
  }

  it('knows neither pods nor digests before pods were collected', async () => {
    const { collect, clusterId, workload, cluster } = await setUp();
    await collect(clusterId, 'deployments', [deployment('cart')]);
    expect(await workload('cart')).toMatchObject({
      kind: 'Deployment',
      status: 'ready',
      desired: 2,
      ready: 2,
      pods: null,
      images: [
        {
          container: 'app',
          image: 'registry.example/cart:1.0',
          digests: null,
        },
      ],
    });
    expect((await cluster()).pods).toBeNull();
  });

  it('knows that a workload has no pods once all pods were collected', async () => {
    const { collect, clusterId, workload, cluster } = await setUp();
    await collect(clusterId, 'deployments', [deployment('cart')]);
    await collect(clusterId, 'pods', []);
    expect(await workload('cart')).toMatchObject({
      pods: { phases: {}, ready: 0, restarts: 0, nodes: 0 },
      images: [{ digests: [] }],
    });
    expect((await cluster()).pods).toEqual({ total: 0, ready: 0 });
  });

  it('does not know how many pods there are from half a list', async () => {
    const { collect, clusterId, cluster } = await setUp();
    await collect(clusterId, 'pods', [podSum('Deployment/shop/cart')], {
      complete: false,
    });
    expect((await cluster()).pods).toBeNull();
  });

  it('gives pods to their workload whichever was collected first', async () => {
    const { collect, clusterId, workload, cluster } = await setUp();
    const digest = `sha256:${'a'.repeat(64)}`;
    const sum = podSum('Deployment/shop/cart', {
      restarts: 3,
      images: [
        { container: 'app', image: 'registry.example/cart:1.0', digest },
      ],
    });
    await collect(clusterId, 'pods', [sum]);
    await collect(clusterId, 'deployments', [deployment('cart')]);
    expect(await workload('cart')).toMatchObject({
      pods: { phases: { Running: 2 }, ready: 2, restarts: 3, nodes: 2 },
      images: [{ digests: [digest] }],
    });

    await collect(clusterId, 'pods', [
      { ...sum, doc: { ...sum.doc, restarts: 4, ready: 1 } },
    ]);
    expect(await workload('cart')).toMatchObject({
      pods: { ready: 1, restarts: 4 },
    });
    expect((await cluster()).pods).toEqual({ total: 2, ready: 1 });

    await collect(clusterId, 'pods', []);
    expect(await workload('cart')).toMatchObject({ pods: { restarts: 0 } });
  });

  it('counts workloads only when all their kinds were collected', async () => {
    const { collect, clusterId, cluster } = await setUp();
    await collect(clusterId, 'deployments', [
      deployment('cart'),
      deployment('checkout', { ready: 0 }),
    ]);
    for (const collector of ['statefulsets', 'daemonsets', 'cronjobs']) {
      await collect(clusterId, collector, []);
    }
    expect((await cluster()).workloads).toBeNull();
    await collect(clusterId, 'jobs', []);
    expect((await cluster()).workloads).toEqual({ total: 2, notReady: 1 });
    await collect(clusterId, 'deployments', [deployment('checkout')]);
    expect((await cluster()).workloads).toEqual({ total: 1, notReady: 0 });
  });

  it('neither waits for a collector that is disabled nor shows what it brought', async () => {
    const { knex, collect, clusterId } = await setUp();
    await collect(clusterId, 'jobs', [object('uid-seed', {})]);
    const room = fleetRoom(knex, ['deployments', 'statefulsets', 'pods']);
    await room.collect(clusterId, 'deployments', [deployment('cart')]);
    await room.collect(clusterId, 'statefulsets', []);
    const { service, workloadService } = room;
    expect((await service.getCluster('prod', ANYBODY)).workloads).toEqual({
      total: 1,
      notReady: 0,
    });
    const { items, totalItems } = await workloadService.list(defaults, ANYBODY);
    expect(items.map(({ name }) => name)).toEqual(['cart']);
    expect(totalItems).toBe(1);
    expect(
      (await workloadService.list({ ...defaults, kind: ['Job'] }, ANYBODY))
        .totalItems,
    ).toBe(0);
  });

  it('takes the jobs of a cron job as its runs, with their pods', async () => {
    const { collect, clusterId, workload, workloadService } = await setUp();
    await collect(clusterId, 'pods', [
      podSum('Job/shop/report-1', { phases: { Succeeded: 1 }, pods: 0 }),
      podSum('Job/shop/report-2', { phases: { Running: 1 }, pods: 1 }),
    ]);
    await collect(clusterId, 'cronjobs', [
      object('uid-report', { suspend: false }, { name: 'report' }),
    ]);
    const run = (name: string) =>
      object(
        `uid-${name}`,
        { ownerReferences: [{ kind: 'CronJob', uid: 'uid-report' }] },
        { name },
      );
    await collect(clusterId, 'jobs', [
      run('report-1'),
      run('report-2'),
      object(
        'uid-seed',
        { completionTime: 'x', desired: 3, succeeded: 3, ready: 0 },
        { name: 'seed' },
      ),
    ]);
    const { items } = await workloadService.list(defaults, ANYBODY);
    expect(items.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'CronJob/report',
      'Job/seed',
    ]);
    expect(await workload('seed')).toMatchObject({
      status: 'completed',
      desired: 3,
      ready: 3,
    });
    expect((await workload('report'))?.pods?.phases).toEqual({
      Succeeded: 1,
      Running: 1,
    });
  });

  it('tells version, nodes, pools, provider and region', async () => {
    const { collect, clusterId, cluster } = await setUp();
    await collect(clusterId, 'discovery', [
      object('version', {
        gitVersion: 'v1.34.4-eks-abc',
        major: '1',
        minor: '34+',
      }),
    ]);
    const node = (name: string, status: string) =>
      object(
        `uid-${name}`,
        {
          labels: {
            'eks.amazonaws.com/nodegroup': 'general',
            'topology.kubernetes.io/region': 'eu-west-1',
          },
          kubeletVersion: 'v1.34.4',
          conditions: [{ type: 'Ready', status }],
        },
        { name, namespace: null },
      );
    await collect(clusterId, 'nodes', [node('a', 'True'), node('b', 'False')]);
    expect(await cluster()).toMatchObject({
      version: { gitVersion: 'v1.34.4-eks-abc', minor: '1.34' },
      nodes: { total: 2, ready: 1 },
      nodePools: [{ name: 'general', nodes: 2, ready: 1 }],
      attributes: {
        environment: { value: 'prod', origin: 'config' },
        ring: { value: '2', origin: 'config' },
        provider: { value: 'EKS', origin: 'cluster' },
        region: { value: 'eu-west-1', origin: 'cluster' },
      },
    });
  });

  it('says whether the version is still supported, by the calendar of who runs it', async () => {
    const { collect, clusterId, cluster, service } = await setUp();
    expect((await cluster()).support).toMatchObject({
      state: 'unknown',
      calendar: 'upstream',
    });
    await collect(clusterId, 'discovery', [
      object('version', {
        gitVersion: 'v1.23.17-eks-abc',
        major: '1',
        minor: '23+',
      }),
    ]);
    expect((await cluster()).support).toMatchObject({
      state: 'unsupported',
      calendar: 'eks',
      ends: expect.arrayContaining([
        expect.objectContaining({ kind: 'standard' }),
      ]),
    });
    expect((await service.summary(ANYBODY)).support).toEqual({
      unsupported: 1,
    });
  });

  it('does not know how many nodes there are from half a list', async () => {
    const { collect, clusterId, cluster } = await setUp();
    await collect(clusterId, 'nodes', [object('n', {})], { complete: false });
    expect((await cluster()).nodes).toBeNull();
  });
});
