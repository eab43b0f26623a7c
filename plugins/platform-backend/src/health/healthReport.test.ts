import { healthReport, isReady, type HealthFacts } from './healthReport';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;

const facts: HealthFacts = {
  now: NOW,
  processNow: NOW,
  databaseClient: 'pg',
  clusterList: { syncedAt: NOW - 30_000, error: null },
  clusterListIntervalMs: MINUTE,
  catalog: { completeAt: NOW - MINUTE, error: null },
  catalogRefreshMs: 10 * MINUTE,
  clusters: { total: 50, unreachable: 1 },
  listedNames: ['shop-prod', 'shop-dev'],
  configuredNames: ['shop-prod'],
  queue: { jobs: 100, due: 3, running: 8, longestWaitMs: 2_000 },
  replicaId: 'r',
  loop: {
    slots: 8,
    busy: 8,
    runningSince: NOW - 60 * MINUTE,
    lastClaimAt: NOW - 1_000,
  },
  jobBudgetMs: 2 * MINUTE,
};

/** What is wrong when these facts are otherwise. */
function problemsOf(change: Partial<HealthFacts>) {
  const { status, checks, problems } = healthReport({ ...facts, ...change });
  const bad = checks.filter(found => found.status !== 'ok');
  expect(problems).toEqual(bad.flatMap(found => found.problems));
  return {
    status,
    parts: bad.map(found => `${found.part} ${found.status}`),
    problems,
  };
}

const loop = (change: Partial<HealthFacts['loop']>) => ({
  loop: { ...facts.loop, ...change },
});

describe('healthReport', () => {
  it('is ok when list, catalog and queue keep up', () => {
    expect(healthReport(facts)).toMatchObject({
      status: 'ok',
      problems: [],
      clusters: { total: 50, unreachable: 1 },
      queue: { longestWaitSeconds: 2 },
      replica: { id: 'r', slots: 8, busy: 8 },
    });
  });

  it.each([
    [
      'that does not collect',
      loop({ runningSince: undefined }),
      'collection',
      /not running/,
    ],
    [
      'that never got an answer from the queue',
      loop({ lastClaimAt: undefined }),
      'collection',
      /any answer from the queue/,
    ],
    [
      'whose list of clusters was never read',
      { clusterList: { syncedAt: null, error: 'the catalog is away' } },
      'clusterList',
      /never read/,
    ],
  ] as const)('is not ready with a replica %s', (_, change, part, words) => {
    const found = problemsOf(change);
    expect(found.status).toBe('not_ready');
    expect(found.parts).toContain(`${part} failed`);
    expect(found.problems.join()).toMatch(words);
    expect(isReady({ ...facts, ...change })).toBe(false);
  });

  it('is ready with everything that only degrades', () => {
    expect(
      isReady({
        ...facts,
        clusterList: { syncedAt: 1, error: 'the catalog is away' },
      }),
    ).toBe(true);
  });

  it.each([
    [
      'an error of the cluster list',
      { clusterList: { ...facts.clusterList, error: 'the catalog is away' } },
      'clusterList',
      'The cluster list has a problem: the catalog is away',
    ],
    [
      'a list that is not read any more',
      { clusterList: { syncedAt: NOW - 20 * MINUTE, error: null } },
      'clusterList',
      'The cluster list was last read 20 minutes ago',
    ],
    [
      'a list without a cluster',
      { listedNames: [], configuredNames: [] },
      'clusterList',
      'The Kubernetes plugin lists no cluster, so there is nothing to collect; see kubernetes.clusterLocatorMethods in app-config.yaml',
    ],
    [
      'a catalog that can not be read',
      { catalog: { ...facts.catalog, error: 'it is starting' } },
      'catalog',
      'The catalog could not be read: it is starting',
    ],
    [
      'a catalog that was never read',
      { catalog: { completeAt: null, error: null } },
      'catalog',
      'The catalog was never read, so it is not known whose the workloads are',
    ],
    [
      'a catalog that is not read any more',
      { catalog: { completeAt: NOW - 45 * MINUTE, error: null } },
      'catalog',
      'The catalog was last read 45 minutes ago',
    ],
    [
      'a fifth of the clusters that do not answer',
      { clusters: { total: 50, unreachable: 10 } },
      'clusters',
      '10 of 50 clusters give no answer; what is shown of them is as old as their last collection',
    ],
    [
      'a queue that does not keep up, and what to do',
      { queue: { ...facts.queue, due: 40, longestWaitMs: 10 * MINUTE } },
      'queue',
      '40 jobs are due and the first waits for 10 minutes; add replicas or raise platform.collect.slotsPerReplica',
    ],
    [
      'a loop that stands still',
      loop({ busy: 3, lastClaimAt: NOW - 2 * MINUTE }),
      'collection',
      'This replica last asked the queue for work 2 minutes ago; see its log, and start it anew if that says nothing',
    ],
  ] as const)('tells %s', (_, change, part, problem) => {
    expect(problemsOf(change)).toEqual({
      status: 'degraded',
      parts: [`${part} degraded`],
      problems: [problem],
    });
  });

  it('does not take a loop that has no free slot for one that stands still', () => {
    const full = { busy: 8, lastClaimAt: NOW - 2 * MINUTE };
    expect(problemsOf(loop(full)).status).toBe('ok');
    expect(
      problemsOf(loop({ ...full, lastClaimAt: NOW - 4 * MINUTE })).status,
    ).toBe('degraded');
  });

  it('does not speak of clusters where the caller sees none', () => {
    expect(problemsOf({ clusters: { total: 0, unreachable: 0 } }).status).toBe(
      'ok',
    );
  });

  it('tells settings for a cluster that is not in the list', () => {
    const configuredNames = ['shop-prdo', 'laptop'];
    expect(problemsOf({ configuredNames }).problems).toEqual([
      'platform.fleet.clusters names "shop-prdo", which the Kubernetes plugin does not list (did you mean "shop-prod"?)',
      'platform.fleet.clusters names "laptop", which the Kubernetes plugin does not list',
    ]);
    const clusterList = { syncedAt: null, error: null };
    expect(problemsOf({ configuredNames, clusterList }).parts).toEqual([
      'clusterList failed',
    ]);
  });
});
