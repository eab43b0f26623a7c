import type {
  Collector,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import {
  deployment,
  pod,
  startSimulatedCluster,
  type Fault,
  type SimulatedCluster,
  type SimulatedClusterOptions,
} from '@roadbed/fleet-simulator';
import {
  clusterDetails,
  directConnection,
  tokens,
} from './__testUtils__/clusters';
import { MemoryObservations } from './__testUtils__/MemoryObservations';
import { ScriptedConnection } from './__testUtils__/ScriptedConnection';
import { DEFAULT_LIST_BOUNDS, type ListBounds } from './bounds';
import { builtInCollectors } from './collectors';
import { CollectRunner } from './CollectRunner';
import { LeaseLostError, type Lease } from './lease';
import type { RunProgress } from './queue/RunJob';

const retries = { tries: 3, baseMs: 1, maxMs: 5_000, random: () => 0.5 };
const closers: Array<() => Promise<void> | void> = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) {
    await close();
  }
});

/** The built-in collector, with pages of `pageSize` where that is given. */
function builtIn(id: string, pageSize?: number): Collector {
  const collector = builtInCollectors.find(candidate => candidate.id === id)!;
  return collector.type === 'list' && pageSize
    ? { ...collector, pageSize }
    : collector;
}

/** Forty deployments, four pages of ten. */
const DEPLOYMENTS = Array.from({ length: 40 }, (_, index) =>
  deployment({
    name: `app-${String(index).padStart(2, '0')}`,
    namespace: 'default',
  }),
);

/** One collector, one simulated cluster, and rows in memory. */
async function setUp(
  options: {
    collector?: Collector;
    cluster?: Partial<SimulatedClusterOptions>;
    listBounds?: Partial<ListBounds>;
    maxBodyBytes?: number;
  } = {},
) {
  const cluster: SimulatedCluster = await startSimulatedCluster({
    name: 'shop-dev',
    objects: DEPLOYMENTS,
    ...options.cluster,
  });
  closers.push(() => cluster.stop());
  const connection = directConnection({
    cluster: clusterDetails({ url: cluster.url, caData: cluster.caData }),
    strategy: tokens(cluster.token),
    bounds: {
      headersTimeoutMs: 1_000,
      ...(options.maxBodyBytes && { maxBodyBytes: options.maxBodyBytes }),
    },
  });
  closers.push(() => connection.agents.destroy());
  const collector = options.collector ?? fixedPages('deployments');
  const observations = new MemoryObservations();
  const progress: RunProgress[] = [];
  const runner = new CollectRunner({
    collectors: [collector],
    observations,
    retries,
    listBounds: { ...DEFAULT_LIST_BOUNDS, ...options.listBounds },
  });
  const lease: Lease = {
    clusterId: 1,
    clusterName: 'shop-dev',
    collector: collector.id,
    epoch: 1,
    owner: 'test',
    leaseUntil: 0,
  };
  const controller = new AbortController();
  return {
    cluster,
    observations,
    progress,
    controller,
    inject: (fault: Fault) => cluster.faults.inject(fault),
    run: () =>
      runner.run({
        lease,
        connection,
        signal: controller.signal,
        onProgress: step => progress.push(step),
      }),
  };
}

/**
 * A collector that stays at ten objects a page: a page of small objects would
 * double the limit, and there would be no third page to break.
 */
function fixedPages(id: string): ListCollector {
  const collector = builtIn(id, 10) as ListCollector;
  return { ...collector };
}

const isPage = (number: number) => {
  let seen = 0;
  return ({ path }: { path: string }) =>
    path === '/apis/apps/v1/deployments' && ++seen === number;
};

describe('CollectRunner', () => {
  it('collects pages to a complete list at one version', async () => {
    const { run, observations, progress } = await setUp();
    const report = await run();
    expect(report).toMatchObject({
      outcome: 'success',
      // 10, then 20 because the bodies are small, then the rest.
      pages: 3,
      requests: 3,
      applied: { objects: 40, upserted: 40, deleted: 0, unchanged: 0 },
    });
    expect(report.problem).toBeUndefined();
    expect(report.bytes).toBeGreaterThan(1_000);
    expect(observations.names()).toHaveLength(40);
    expect(observations.completedAt).toBe(report.resourceVersion);
    expect(progress.map(step => step.objects)).toEqual([10, 30, 40]);
    expect(progress[0].expected).toBe(40);
  });

  it('collection B7.1 deletes what a complete list does not name', async () => {
    const { run, observations, cluster } = await setUp();
    await run();
    cluster.store.delete(
      { group: 'apps', resource: 'deployments' },
      'default/app-07',
    );
    await expect(run()).resolves.toMatchObject({
      outcome: 'success',
      applied: { upserted: 0, deleted: 1, unchanged: 39 },
    });
    expect(observations.names()).not.toContain('app-07');
  });

  it('collection B7.1 keeps what an incomplete list does not name', async () => {
    const { run, observations, cluster, inject } = await setUp();
    await run();
    cluster.store.delete(
      { group: 'apps', resource: 'deployments' },
      'default/app-39',
    );
    inject({ kind: 'truncate', afterBytes: 500, when: isPage(3) });
    const report = await run();
    expect(report).toMatchObject({
      outcome: 'partial',
      applied: { deleted: 0 },
      problem: { code: 'truncated' },
    });
    expect(observations.names()).toContain('app-39');
  });

  it('collection B7.6 a body cut in page 3 is partial: two pages told, nothing completed', async () => {
    const { run, observations, inject } = await setUp();
    inject({ kind: 'truncate', afterBytes: 500, when: isPage(3) });
    const report = await run();
    expect(report).toMatchObject({
      outcome: 'partial',
      pages: 2,
      requests: 3,
      resourceVersion: null,
      applied: { objects: 30, upserted: 30, deleted: 0 },
      problem: {
        code: 'truncated',
        message: expect.stringContaining('shop-dev'),
      },
    });
    expect(observations.completedAt).toBeUndefined();
  });

  it('collection B7.2 writes no sum over a list that was cut', async () => {
    const { run, observations, inject } = await setUp({
      collector: builtIn('pods', 10),
      cluster: {
        objects: Array.from({ length: 30 }, (_, index) =>
          pod({ name: `pod-${index}`, namespace: 'default' }),
        ),
      },
    });
    let pages = 0;
    inject({
      kind: 'truncate',
      afterBytes: 500,
      when: ({ path }) => path === '/api/v1/pods' && ++pages === 2,
    });
    await expect(run()).resolves.toMatchObject({
      outcome: 'error',
      applied: { objects: 0 },
      problem: { code: 'truncated' },
    });
    expect(observations.rows.size).toBe(0);
    await expect(run()).resolves.toMatchObject({ outcome: 'success' });
    expect(observations.rows.size).toBe(30);
  });

  it('collection B4.3 begins again after one 410, with the rows of the second list', async () => {
    const { run, observations, inject } = await setUp();
    inject({ kind: 'expire-continue', times: 1 });
    const report = await run();
    expect(report).toMatchObject({
      outcome: 'success',
      applied: { objects: 40 },
    });
    expect(observations.completedAt).toBe(report.resourceVersion);
  });

  it('collection B4.3 deletes by the list that was complete, not by the one that expired', async () => {
    const { run, observations, cluster, inject } = await setUp();
    await run();
    // Gone between the first list, which names it, and the second.
    let dropped = false;
    inject({
      kind: 'expire-continue',
      times: 1,
      when: ({ query }) => {
        if (query.has('continue') && !dropped) {
          dropped = true;
          cluster.store.delete(
            { group: 'apps', resource: 'deployments' },
            'default/app-00',
          );
        }
        return query.has('continue');
      },
    });
    await expect(run()).resolves.toMatchObject({ outcome: 'success' });
    expect(observations.names()).toHaveLength(39);
  });

  it('collection B4.2 reads the list in one piece after the second 410', async () => {
    const { run, observations, inject } = await setUp();
    const queries: string[] = [];
    inject({
      kind: 'latency',
      ms: 0,
      when: ({ query }) => {
        queries.push(query.toString());
        return false;
      },
    });
    inject({ kind: 'expire-continue' });
    const report = await run();
    expect(report.outcome).toBe('success');
    expect(observations.names()).toHaveLength(40);
    const last = new URLSearchParams(queries.at(-1));
    expect(last.has('limit')).toBe(false);
    expect(last.get('resourceVersion')).toMatch(/^\d+$/);
  });

  it('collection B4.3 goes on by the inconsistent token for upserts only', async () => {
    const { run, observations, inject } = await setUp();
    await run();
    observations.completedAt = undefined;
    inject({
      kind: 'expire-continue',
      times: 2,
      when: ({ query }) => query.has('continue'),
    });
    inject({
      kind: 'truncate',
      afterBytes: 500,
      when: ({ query }) => query.has('resourceVersion'),
    });
    await expect(run()).resolves.toMatchObject({
      outcome: 'partial',
      applied: { deleted: 0 },
      problem: { code: 'expired' },
    });
    expect(observations.completedAt).toBeUndefined();
    expect(observations.names()).toHaveLength(40);
  });

  it('stops at a continue token that comes back', async () => {
    const { run, inject } = await setUp();
    inject({ kind: 'continue-loop' });
    await expect(run()).resolves.toMatchObject({
      outcome: 'partial',
      problem: { code: 'malformed' },
    });
  });

  it.each([
    ['pages', { maxPages: 2 }],
    ['objects', { maxObjects: 25 }],
    ['bytes', { maxBytes: 1_000 }],
  ])('stops at a list of too many %s', async (_, listBounds) => {
    const { run, observations } = await setUp({ listBounds });
    await expect(run()).resolves.toMatchObject({
      problem: {
        code: 'too_large',
        message: expect.stringContaining('platform.collect.maxObjectsPerList'),
      },
    });
    expect(observations.completedAt).toBeUndefined();
  });

  it('waits as long as a 429 asks for', async () => {
    const { run, inject } = await setUp();
    inject({ kind: 'throttle', retryAfterSeconds: 1, times: 1 });
    const before = Date.now();
    await expect(run()).resolves.toMatchObject({
      outcome: 'success',
      requests: 4,
    });
    expect(Date.now() - before).toBeGreaterThanOrEqual(1_000);
  });

  it('leaves a long Retry-After to the circuit breaker', async () => {
    const { run, inject } = await setUp();
    inject({ kind: 'throttle', retryAfterSeconds: 600 });
    await expect(run()).resolves.toMatchObject({
      outcome: 'error',
      requests: 1,
      problem: { code: 'throttled', retryAfterMs: 600_000 },
    });
  });

  it('gives up a 503 after its tries', async () => {
    const { run, inject } = await setUp();
    inject({ kind: 'unavailable' });
    await expect(run()).resolves.toMatchObject({
      outcome: 'error',
      requests: retries.tries,
      problem: { code: 'unavailable' },
    });
  });

  it('asks again when a pooled connection broke before the answer', async () => {
    const { run, inject } = await setUp();
    inject({ kind: 'reset', times: 1 });
    await expect(run()).resolves.toMatchObject({ outcome: 'success' });
  });

  it('collection B7.2 names the rule that a 403 lacks', async () => {
    const { run, inject } = await setUp();
    inject({ kind: 'forbidden', group: 'apps', resource: 'deployments' });
    await expect(run()).resolves.toMatchObject({
      outcome: 'error',
      requests: 1,
      problem: {
        code: 'forbidden',
        message: expect.stringContaining('does not allow to list deployments'),
        missingRule: {
          apiGroups: ['apps'],
          resources: ['deployments'],
          verbs: ['list'],
        },
      },
    });
  });

  it.each<[string, Fault]>([
    ['unauthorized', { kind: 'unauthorized' }],
    ['not_kubernetes', { kind: 'html', status: 200 }],
    ['not_kubernetes', { kind: 'html', status: 403 }],
    ['unavailable', { kind: 'html', status: 502 }],
    ['not_kubernetes', { kind: 'content-type', value: 'text/plain' }],
    ['headers_timeout', { kind: 'black-hole' }],
    ['not_served', { kind: 'missing-group', group: 'apps' }],
  ])(
    'collection B7.2 reports %s of %j and keeps every row',
    async (code, fault) => {
      const { run, observations, inject } = await setUp();
      await run();
      inject(fault);
      await expect(run()).resolves.toMatchObject({
        outcome: 'error',
        problem: { code },
      });
      expect(observations.names()).toHaveLength(40);
    },
  );

  it('reports a web server that is no Kubernetes', async () => {
    const { run, inject } = await setUp();
    inject({ kind: 'not-kubernetes' });
    const { outcome, problem } = await run();
    expect(outcome).toBe('error');
    expect(['not_kubernetes', 'not_served']).toContain(problem?.code);
  });

  it('takes the next version where the preferred one is not served', async () => {
    const collector = builtIn('deployments') as ListCollector;
    const { run } = await setUp({
      collector: {
        ...collector,
        resource: { ...collector.resource, versions: ['v9', 'v1'] },
      },
    });
    await expect(run()).resolves.toMatchObject({
      outcome: 'success',
      requests: 2,
      applied: { objects: 40 },
    });
  });

  it('takes in an object of 40 MB', async () => {
    const { run, observations, inject } = await setUp();
    inject({ kind: 'huge-object', bytes: 40_000_000, times: 1 });
    await expect(run()).resolves.toMatchObject({ outcome: 'success' });
    const [largest] = [...observations.rows.values()]
      .map(row => JSON.stringify(row).length)
      .sort((a, b) => b - a);
    expect(largest).toBeLessThan(20_000);
  });

  it('asks for fewer objects when a page is too large', async () => {
    const { run } = await setUp({
      collector: { ...(builtIn('deployments', 40) as ListCollector) },
      maxBodyBytes: 60_000,
    });
    const report = await run();
    expect(report).toMatchObject({
      outcome: 'success',
      applied: { objects: 40 },
    });
    expect(report.requests).toBeGreaterThan(report.pages);
  });

  it('asks for metadata only where that is enough', async () => {
    const collector = builtIn('deployments') as ListCollector;
    const bodies: boolean[] = [];
    const { run } = await setUp({
      collector: {
        ...collector,
        body: 'metadata',
        project: object => {
          bodies.push(object.spec !== undefined);
          return collector.project!(object);
        },
      },
    });
    await expect(run()).resolves.toMatchObject({ outcome: 'success' });
    expect(bodies).toEqual(DEPLOYMENTS.map(() => false));
  });

  it('reports a run that was given up', async () => {
    const { run, controller, inject } = await setUp();
    inject({ kind: 'black-hole', when: isPage(2) });
    const pending = run();
    setTimeout(() => controller.abort(), 100);
    await expect(pending).resolves.toMatchObject({
      outcome: 'partial',
      problem: { code: 'aborted' },
    });
  });

  it('throws when the lease was lost', async () => {
    const { run, observations } = await setUp();
    observations.leaseLost = true;
    await expect(run()).rejects.toThrow(LeaseLostError);
  });
});

describe('CollectRunner with lists that break the rules', () => {
  /** Runs a built-in collector against one page with these items. */
  async function runOnce(id: string, items: unknown[]) {
    const observations = new MemoryObservations();
    const runner = new CollectRunner({
      collectors: [builtIn(id)],
      observations,
      retries,
    });
    const report = await runner.run({
      lease: {
        clusterId: 1,
        clusterName: 'shop-dev',
        collector: id,
        epoch: 1,
        owner: 'test',
        leaseUntil: 0,
      },
      connection: new ScriptedConnection(() => ({
        json: { kind: 'List', metadata: { resourceVersion: '7' }, items },
      })),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    return { report, observations };
  }

  const twin = { metadata: { uid: 'u-1', name: 'twin', namespace: 'shop' } };

  it('counts an object once that a list names twice', async () => {
    const { report, observations } = await runOnce('deployments', [twin, twin]);
    expect(report).toMatchObject({
      outcome: 'success',
      applied: { objects: 1, duplicates: 1 },
    });
    expect(observations.rows.size).toBe(1);
  });

  it('sums a pod once that a list names twice', async () => {
    const { observations } = await runOnce('pods', [twin, twin]);
    expect(observations.rows.get('Pod/shop/twin')?.doc).toMatchObject({
      pods: 1,
    });
  });

  it.each([[null], [{}], [{ metadata: {} }], [{ metadata: { name: 7 } }]])(
    'refuses a list with %j for an object',
    async item => {
      const { report, observations } = await runOnce('deployments', [item]);
      expect(report).toMatchObject({
        outcome: 'error',
        problem: { code: 'malformed' },
      });
      expect(observations.completedAt).toBeUndefined();
    },
  );

  it('asks nothing of a cluster that does not serve the resource', async () => {
    const connection = new ScriptedConnection(() => ({ json: {} }));
    const runner = new CollectRunner({
      collectors: [builtIn('ingresses')],
      observations: new MemoryObservations(),
      servedApis: async () => ({ groups: {} }),
    });
    const report = await runner.run({
      lease: {
        clusterId: 1,
        clusterName: 'shop-dev',
        collector: 'ingresses',
        epoch: 1,
        owner: 'test',
        leaseUntil: 0,
      },
      connection,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(report).toMatchObject({
      outcome: 'error',
      requests: 0,
      problem: { code: 'not_served' },
    });
    expect(connection.requests).toHaveLength(0);
  });
});

describe('CollectRunner with the discovery collector', () => {
  it('stores version, served APIs and readiness', async () => {
    const { run, observations } = await setUp({
      collector: builtIn('discovery'),
      cluster: { version: 'v1.34.4-eks-abc123', emulatedMinor: '1.33' },
    });
    await expect(run()).resolves.toMatchObject({
      outcome: 'success',
      applied: { objects: 3 },
    });
    expect(observations.rows.get('version')?.doc).toMatchObject({
      gitVersion: 'v1.34.4-eks-abc123',
      emulationMinor: '33',
    });
    expect(observations.rows.get('apis')?.doc).toMatchObject({
      groups: {
        '': { versions: ['v1'], resources: { pods: ['v1'] } },
        apps: { resources: { deployments: ['v1'] } },
      },
    });
    expect(observations.rows.get('ready')?.doc).toMatchObject({ ready: true });
  });

  it('stores nothing when the version cannot be read', async () => {
    const { run, observations, inject } = await setUp({
      collector: builtIn('discovery'),
    });
    inject({ kind: 'html', status: 200 });
    await expect(run()).resolves.toMatchObject({
      outcome: 'error',
      problem: { code: 'not_kubernetes' },
    });
    expect(observations.rows.size).toBe(0);
  });
});
