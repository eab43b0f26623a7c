import { postgresAvailability } from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import type { Knex } from 'knex';
import { storeTestDatabases } from '../store/__testUtils__/databases';
import { insertCluster } from '../store/__testUtils__/leases';
import { createStores } from '../store/__testUtils__/stores';
import { readNow } from '../store/dialect';
import { JobStore } from './JobStore';
import { type ClaimedJob, LeaseStore } from './LeaseStore';

jest.setTimeout(60_000);

const databases = storeTestDatabases();
const COLLECTORS = ['discovery', 'nodes', 'pods', 'deployments'];

function leaseStore(knex: Knex, owner: string) {
  const { database } = createStores(knex);
  return new LeaseStore({
    database,
    owner,
    collectors: COLLECTORS,
    leaseMs: 120_000,
    perClusterCap: 2,
  });
}

const names = (jobs: ClaimedJob[]) =>
  jobs.map(({ lease }) => `${lease.clusterName}/${lease.collector}`).sort();

describe.each(databases.ids)('LeaseStore on %s', id => {
  async function setUp(clusterNames = ['a']) {
    const knex = await databases.create(id);
    const ids: Record<string, number> = {};
    for (const name of clusterNames) {
      ids[name] = await insertCluster(knex, name);
    }
    const { database } = createStores(knex);
    const jobs = new JobStore({ database, collectors: COLLECTORS });
    await jobs.sync();
    const discovered = async () => {
      for (const clusterId of Object.values(ids)) {
        await knex('collect_coverage').insert({
          cluster_id: clusterId,
          collector: 'discovery',
          attempt_at: 1,
        });
      }
    };
    return { knex, ids, jobs, discovered, leases: leaseStore(knex, 'one') };
  }

  it('runs discovery first on a new cluster, and alone', async () => {
    const { leases, discovered } = await setUp(['a', 'b']);
    expect(names(await leases.claim(8))).toEqual([
      'a/discovery',
      'b/discovery',
    ]);
    expect(await leases.claim(8)).toEqual([]);
    await discovered();
    expect(names(await leases.claim(8))).toEqual([
      'a/deployments',
      'a/nodes',
      'a/pods',
      'b/deployments',
      'b/nodes',
      'b/pods',
    ]);
  });

  it('takes all due jobs of as many clusters as it is asked for, the longest due first', async () => {
    const { knex, ids, leases, discovered } = await setUp(['a', 'b', 'c']);
    await discovered();
    const due = (name: string, collector: string, at: number) =>
      knex('collect_jobs')
        .where({ cluster_id: ids[name], collector })
        .update({ due_at: at });
    await due('b', 'pods', 1);
    await due('b', 'nodes', 9e12);
    const claimed = await leases.claim(1);
    expect(claimed.map(({ lease }) => lease.collector)).toEqual([
      'pods',
      'discovery',
      'deployments',
    ]);
    expect(names(claimed)).toEqual(['b/deployments', 'b/discovery', 'b/pods']);
    expect(await leases.claim(3)).toHaveLength(2 * COLLECTORS.length);
    await due('b', 'nodes', 0);
    expect(await leases.claim(3)).toEqual([]);
  });

  it('gives a lease an end, an owner and a growing epoch', async () => {
    const { knex, leases } = await setUp();
    const now = await readNow(knex);
    await knex('collect_jobs').update({ due_at: now - 4_000 });
    const [{ lease, startedAt, lateMs }] = await leases.claim(1);
    expect(lease).toMatchObject({
      clusterName: 'a',
      collector: 'discovery',
      owner: 'one',
      epoch: 1,
    });
    expect(lease.leaseUntil - now).toBeGreaterThanOrEqual(120_000);
    expect(lease.leaseUntil - now).toBeLessThan(130_000);
    expect(startedAt).toBeGreaterThanOrEqual(now);
    expect(lateMs).toBe(startedAt - (now - 4_000));

    await knex('collect_jobs').update({ lease_until_at: now - 1 });
    const [taken] = await leaseStore(knex, 'two').claim(1);
    expect(taken.lease).toMatchObject({ owner: 'two', epoch: 2 });
    expect(await leases.renew(lease)).toBe(false);
  });

  it('leaves a cluster alone at which two jobs are held, whoever holds them', async () => {
    const { knex, ids, leases, discovered } = await setUp(['a', 'b']);
    await discovered();
    const two = leaseStore(knex, 'two');
    const [first, second, ...rest] = await leases.claim(1);
    expect(first.lease.clusterName).toBe('a');
    expect(await two.claim(8)).toHaveLength(COLLECTORS.length);
    expect(await two.claim(8)).toEqual([]);

    await leases.giveBack(rest.map(({ lease }) => lease));
    expect(await two.claim(8)).toEqual([]);
    expect(await two.heldJobs(ids.a, [])).toBe(2);
    expect(await two.heldJobs(ids.a, [first.lease.collector])).toBe(1);

    await leases.giveBack([second.lease]);
    expect(names(await two.claim(8))).toEqual(names([second, ...rest]));
  });

  it('gives back jobs as they were, and none that were taken over', async () => {
    const { knex, ids, leases, discovered } = await setUp();
    await discovered();
    await knex('collect_jobs').update({ due_at: 77 });
    const [lost, ...jobs] = await leases.claim(1);
    await knex('collect_jobs')
      .where({ cluster_id: ids.a, collector: lost.lease.collector })
      .update({ epoch: 9 });
    await leases.giveBack([lost, ...jobs].map(({ lease }) => lease));
    const rows = await knex('collect_jobs').orderBy('collector');
    expect(
      rows.map(row => [row.collector, Number(row.due_at), row.lease_owner]),
    ).toEqual(
      [...COLLECTORS]
        .sort()
        .map(name => [name, 77, name === lost.lease.collector ? 'one' : null]),
    );
    expect(await leases.renew(jobs[0].lease)).toBe(false);
    await leases.giveBack([]);
  });

  it('keeps the lease of who renews it', async () => {
    const { knex, leases } = await setUp();
    const [{ lease }] = await leases.claim(1);
    const now = await readNow(knex);
    await knex('collect_jobs').update({ lease_until_at: now + 1_000 });
    expect(await leases.renew(lease)).toBe(true);
    const [{ until }] = await knex('collect_jobs')
      .where({ collector: 'discovery' })
      .select({ until: 'lease_until_at' });
    expect(Number(until)).toBeGreaterThan(now + 100_000);
  });

  it.each([
    ['missing from the list', { missing_since_at: 1 }],
    ['inactive', { active: false }],
    ['without a way in', { access_problem: '{"code":"x","message":"y"}' }],
  ])('leaves out clusters that are %s', async (_what, values) => {
    const { knex, leases, discovered } = await setUp();
    await discovered();
    await knex('clusters').update(values);
    expect(await leases.claim(8)).toEqual([]);
  });

  it('only runs discovery for a second name of a cluster', async () => {
    const { knex, ids, leases, discovered } = await setUp(['a', 'b']);
    await discovered();
    await knex('clusters').where({ id: ids.b }).update({ duplicate_of: ids.a });
    await knex('collect_jobs')
      .where({ cluster_id: ids.a })
      .update({ due_at: 9e12 });
    expect(names(await leases.claim(8))).toEqual(['b/discovery']);
  });

  it('only probes a cluster whose breaker is open, and not before its time', async () => {
    const { knex, ids, leases, discovered } = await setUp();
    await discovered();
    const now = await readNow(knex);
    await knex('cluster_breakers').insert({
      cluster_id: ids.a,
      fails: 3,
      open_until_at: now + 60_000,
    });
    expect(await leases.claim(8)).toEqual([]);
    await knex('cluster_breakers').update({ open_until_at: now - 1 });
    expect(names(await leases.claim(8))).toEqual(['a/discovery']);
  });

  it('does not take jobs that this replica cannot run', async () => {
    const { knex, leases, discovered } = await setUp();
    await discovered();
    await knex('collect_jobs').update({ due_at: 9e12 });
    await knex('collect_jobs').insert({
      cluster_id: 1,
      collector: 'of-a-newer-version',
      due_at: 0,
    });
    expect(await leases.claim(8)).toEqual([]);
  });

  it('gives back what it holds, and nobody else’s', async () => {
    const { knex, leases } = await setUp(['a', 'b']);
    const [mine] = await leases.claim(1);
    const two = leaseStore(knex, 'two');
    const [theirs] = await two.claim(1);
    expect(await leases.releaseAll()).toBe(1);
    expect(await leases.renew(mine.lease)).toBe(false);
    expect(await two.renew(theirs.lease)).toBe(true);
    expect(names(await two.claim(8))).toEqual(names([mine]));
  });

  it('says how full the queue is', async () => {
    const { knex, leases } = await setUp(['a', 'b']);
    expect(await leases.state()).toMatchObject({ jobs: 8, due: 8, running: 0 });
    const now = await readNow(knex);
    await knex('collect_jobs')
      .where({ collector: 'nodes' })
      .update({ due_at: now - 90_000 });
    await leases.claim(8);
    const state = await leases.state();
    expect(state).toMatchObject({ jobs: 8, due: 6, running: 2 });
    expect(state.longestWaitMs).toBeGreaterThanOrEqual(90_000);
    await knex('collect_jobs').update({ due_at: 9e12 });
    expect(await leases.state()).toMatchObject({ due: 0, longestWaitMs: 0 });
  });

  it('counts no job as due that waits for its cluster to answer', async () => {
    const { knex, ids, leases } = await setUp(['a', 'b']);
    const now = await readNow(knex);
    const breaker = { cluster_id: ids.a, fails: 3 };
    await knex('cluster_breakers').insert({
      ...breaker,
      open_until_at: now + 60_000,
    });
    expect(await leases.state()).toMatchObject({ jobs: 8, due: 4 });
    await knex('cluster_breakers').update({ open_until_at: now - 1 });
    // The probe is due again, the rest waits for what it finds.
    expect(await leases.state()).toMatchObject({ due: 5 });
  });

  it('keeps jobs in step with clusters and collectors', async () => {
    const { knex, ids, jobs } = await setUp(['a', 'b', 'c', 'd']);
    const nodes = { cluster_id: ids.a, collector: 'nodes' };
    await knex('collect_jobs').where(nodes).update({ due_at: 77, epoch: 5 });
    await knex('clusters').where({ id: ids.b }).update({ active: false });
    await knex('clusters').where({ id: ids.c }).update({ duplicate_of: ids.a });
    await knex('collect_jobs').insert({
      cluster_id: ids.a,
      collector: 'no-more',
      due_at: 0,
    });
    const jobsOf = (name: string) =>
      knex('collect_jobs')
        .where({ cluster_id: ids[name] })
        .orderBy('collector')
        .pluck('collector');

    await jobs.sync([ids.c]);
    expect(await jobsOf('c')).toEqual(['discovery']);
    expect(await jobsOf('b')).toHaveLength(4);

    await jobs.sync();
    expect(await jobsOf('a')).toEqual([...COLLECTORS].sort());
    expect(await jobsOf('b')).toEqual([]);
    const kept = await knex('collect_jobs').where(nodes).first();
    expect(Number(kept.due_at)).toBe(77);
    expect(Number(kept.epoch)).toBe(5);
  });
});

describeWith(postgresAvailability())('two replicas on Postgres', () => {
  it('share a long queue, and no job is ever held twice', async () => {
    const knex = await databases.create('POSTGRES_18');
    for (let index = 0; index < 60; index++) {
      const clusterId = await insertCluster(knex, `c${index}`);
      await knex('collect_coverage').insert({
        cluster_id: clusterId,
        collector: 'discovery',
        attempt_at: 1,
      });
    }
    await new JobStore({
      database: createStores(knex).database,
      collectors: COLLECTORS,
    }).sync();

    const done = new Map<string, string>();
    const working = new Map<number, number>();
    let mostOfOneCluster = 0;
    const replica = async (pool: Knex, owner: string) => {
      const leases = leaseStore(pool, owner);
      const work = async ({ lease }: ClaimedJob) => {
        const job = `${lease.clusterId}/${lease.collector}`;
        expect(done.has(job)).toBe(false);
        done.set(job, owner);
        const jobs = (working.get(lease.clusterId) ?? 0) + 1;
        working.set(lease.clusterId, jobs);
        mostOfOneCluster = Math.max(mostOfOneCluster, jobs);
        await new Promise(resolve => setTimeout(resolve, Math.random() * 20));
        working.set(lease.clusterId, working.get(lease.clusterId)! - 1);
        await pool('collect_jobs')
          .where({ cluster_id: lease.clusterId, collector: lease.collector })
          .update({ due_at: 9e12, lease_until_at: null });
      };
      const slot = async () => {
        while (done.size < 240) {
          for (const job of await leases.claim(1)) {
            await work(job);
          }
        }
      };
      await Promise.all([slot(), slot(), slot(), slot()]);
    };
    await Promise.all([
      replica(knex, 'one'),
      replica(databases.secondPool(knex), 'two'),
    ]);
    expect(done.size).toBe(240);
    expect(mostOfOneCluster).toBeLessThanOrEqual(2);
    const mine = [...done.values()].filter(owner => owner === 'one').length;
    expect(mine).toBeGreaterThan(240 * 0.3);
    expect(mine).toBeLessThan(240 * 0.7);
  });
});
