import { health } from './health';

const facts = {
  now: 10_000_000,
  databaseClient: 'pg',
  clusterList: { syncedAt: 10_000_000 - 30_000, error: null },
  clusterListIntervalMs: 60_000,
  listedNames: ['shop-prod', 'shop-dev'],
  configuredNames: ['shop-prod'],
  queue: { jobs: 100, due: 3, running: 8, longestWaitMs: 2_000 },
  replica: { id: 'r', slots: 8, busy: 8 },
};

describe('health', () => {
  it('is ok when list and queue keep up', () => {
    expect(health(facts)).toMatchObject({ status: 'ok', problems: [] });
  });

  it('is ok right after the start, before the list was read', () => {
    expect(
      health({ ...facts, clusterList: { syncedAt: null, error: null } }).status,
    ).toBe('ok');
  });

  it('tells an error of the cluster list', () => {
    expect(
      health({
        ...facts,
        clusterList: { ...facts.clusterList, error: 'the catalog is away' },
      }).problems,
    ).toEqual(['The cluster list has a problem: the catalog is away']);
  });

  it('tells a list that is not read any more', () => {
    expect(
      health({
        ...facts,
        clusterList: { syncedAt: facts.now - 20 * 60_000, error: null },
      }).problems,
    ).toEqual(['The cluster list was last read 20 minutes ago']);
  });

  it('tells settings for a cluster that is not in the list', () => {
    const configuredNames = ['shop-prdo', 'laptop'];
    expect(health({ ...facts, configuredNames }).problems).toEqual([
      'platform.fleet.clusters names "shop-prdo", which the Kubernetes plugin does not list (did you mean "shop-prod"?)',
      'platform.fleet.clusters names "laptop", which the Kubernetes plugin does not list',
    ]);
    const clusterList = { syncedAt: null, error: null };
    expect(health({ ...facts, configuredNames, clusterList }).status).toBe(
      'ok',
    );
  });

  it('tells a queue that does not keep up, and what to do', () => {
    const { status, problems } = health({
      ...facts,
      queue: { ...facts.queue, due: 40, longestWaitMs: 10 * 60_000 },
    });
    expect(status).toBe('degraded');
    expect(problems[0]).toMatch(/40 jobs.*10 minutes.*slotsPerReplica/);
  });
});
