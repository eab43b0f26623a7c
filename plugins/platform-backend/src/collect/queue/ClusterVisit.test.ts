import type { ClusterConnection } from '../ClusterConnection';
import { storeTestDatabases } from '../store/__testUtils__/databases';
import { insertCluster } from '../store/__testUtils__/leases';
import {
  COLLECTORS,
  createReplica,
  type ReplicaOptions,
  until,
  untilAborted,
  withoutToken,
} from './__testUtils__/replica';
import { failure, success } from './__testUtils__/reports';
import { ClusterVisit } from './ClusterVisit';
import type { EndedRun, RecordedRun } from './RunRecorder';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('ClusterVisit on %s', id => {
  async function setUp(options: Omit<ReplicaOptions, 'knex'>) {
    const knex = await databases.create(id);
    const clusterId = await insertCluster(knex, 'a', { uid: 'uid-of-a' });
    await knex('collect_coverage').insert({
      cluster_id: clusterId,
      collector: 'discovery',
      attempt_at: 1,
    });
    const identities: string[] = [];
    const replica = createReplica({
      knex,
      readIdentity: async ({ clusterName }: ClusterConnection) => {
        identities.push(clusterName);
        return `uid-of-${clusterName}`;
      },
      ...options,
    });
    await replica.jobs.sync();
    const shutdown = new AbortController();
    const recorded: RecordedRun[] = [];
    const unrecorded: EndedRun[] = [];
    const begin = async () =>
      new ClusterVisit(await replica.leases.claim(1), {
        ...replica.visits,
        shutdown: shutdown.signal,
        onRecorded: run => recorded.push(run),
        onUnrecorded: runs => unrecorded.push(...runs),
      });
    const held = () =>
      knex('collect_jobs').whereNotNull('lease_owner').pluck('collector');
    const runs = () => knex('collect_runs').orderBy('started_at');
    return {
      ...replica,
      knex,
      clusterId,
      identities,
      shutdown,
      recorded,
      unrecorded,
      begin,
      held,
      runs,
    };
  }

  it('asks once who the cluster is, runs one job after the other, and ends with all on record', async () => {
    let running = 0;
    let most = 0;
    const { begin, held, runs, identities, recorded } = await setUp({
      runJob: async () => {
        most = Math.max(most, ++running);
        await new Promise(resolve => setTimeout(resolve, 5));
        running--;
        return success(2);
      },
    });
    const visit = await begin();
    expect(visit.hasWaiting).toBe(true);
    await visit.work();
    expect(identities).toEqual(['a']);
    expect(most).toBe(1);
    expect(await held()).toEqual([]);
    expect((await runs()).map(run => run.collector)).toEqual(COLLECTORS);
    expect(recorded.map(run => run.held)).toEqual(COLLECTORS.map(() => true));
    expect(visit.held).toEqual([]);
  });

  it('gives each run its own start and end, not those of the visit', async () => {
    const { begin, runs } = await setUp({
      runJob: async () => {
        await new Promise(resolve => setTimeout(resolve, 40));
        return success();
      },
    });
    await (await begin()).work();
    const times = (await runs()).map(run => [
      Number(run.started_at),
      Number(run.finished_at),
    ]);
    for (const [index, [startedAt, finishedAt]] of times.entries()) {
      expect(finishedAt - startedAt).toBeGreaterThanOrEqual(39);
      const [next] = times[index + 1] ?? [Infinity];
      expect(next).toBeGreaterThanOrEqual(finishedAt);
    }
  });

  it('puts on record what ended well while a later run takes long', async () => {
    let release = () => {};
    const { begin, runs, held } = await setUp({
      runJob: async ({ lease }) => {
        if (lease.collector === 'pods') {
          await new Promise<void>(resolve => {
            release = resolve;
          });
        }
        return success();
      },
    });
    const visit = await begin();
    const work = visit.work();
    await until(async () => (await runs()).length === 2);
    expect(await held()).toEqual(expect.arrayContaining(['pods']));
    expect(visit.busy).toBe(1);
    release();
    await work;
    expect(await runs()).toHaveLength(COLLECTORS.length);
  });

  it('asks again who the cluster is when a visit takes long', async () => {
    const { begin, identities } = await setUp({
      runJob: async ({ lease }) => {
        if (lease.collector === 'nodes') {
          await new Promise(resolve => setTimeout(resolve, 2_100));
        }
        return success();
      },
    });
    await (await begin()).work();
    expect(identities).toEqual(['a', 'a']);
  });

  it('gives the rest back when the cluster does not answer, due as it was', async () => {
    const { begin, held, runs, knex } = await setUp({
      runJob: async ({ lease }) =>
        lease.collector === 'nodes' ? failure('headers_timeout') : success(),
    });
    const rest = () =>
      knex('collect_jobs')
        .whereIn('collector', ['pods', 'deployments'])
        .orderBy('collector')
        .select('collector', 'due_at', 'fails', 'lease_until_at');
    const before = await rest();
    await (await begin()).work();
    expect(
      (await runs()).map(({ collector, code }) => [collector, code]),
    ).toEqual([
      ['discovery', null],
      ['nodes', 'headers_timeout'],
    ]);
    expect(await held()).toEqual([]);
    expect(await rest()).toEqual(before);
  });

  it('gives the rest back when there is no way in', async () => {
    const { begin, held, runs } = await setUp({
      connect: withoutToken,
      runJob: async () => success(),
    });
    await (await begin()).work();
    expect(await runs()).toEqual([
      expect.objectContaining({ collector: 'discovery', code: 'credentials' }),
    ]);
    expect(await held()).toEqual([]);
  });

  it('goes on after a run that the cluster refused', async () => {
    const { begin, runs } = await setUp({
      runJob: async ({ lease }) =>
        lease.collector === 'nodes' ? failure('forbidden') : success(),
    });
    await (await begin()).work();
    expect((await runs()).map(run => run.code)).toEqual([
      null,
      'forbidden',
      null,
      null,
    ]);
  });

  it('leaves jobs to others whose lease ran out while they waited', async () => {
    const asked: string[] = [];
    const { begin, knex, runs } = await setUp({
      renewMs: 20,
      runJob: async ({ lease }) => {
        asked.push(lease.collector);
        if (lease.collector === 'nodes') {
          await knex('collect_jobs')
            .where({ collector: 'pods' })
            .update({ lease_owner: 'two', epoch: 9 });
          await new Promise(resolve => setTimeout(resolve, 30));
        }
        return success();
      },
    });
    await (await begin()).work();
    expect(asked).toEqual(['discovery', 'nodes', 'deployments']);
    expect(await runs()).toHaveLength(3);
    expect(
      await knex('collect_jobs').where({ collector: 'pods' }).first(),
    ).toMatchObject({ lease_owner: 'two' });
  });

  it('records as lost what was taken over before it was on record, and the others as they were', async () => {
    const { begin, knex, recorded, coverage, clusterId } = await setUp({
      runJob: async ({ lease }) => {
        if (lease.collector === 'pods') {
          await knex('collect_jobs')
            .where({ collector: 'nodes' })
            .update({ epoch: 9 });
        }
        return success();
      },
    });
    await (await begin()).work();
    expect(recorded.map(run => [run.job.lease.collector, run.held])).toEqual([
      ['discovery', true],
      ['nodes', false],
      ['pods', true],
      ['deployments', true],
    ]);
    const covered = await coverage.list(clusterId);
    expect(covered.map(({ collector }) => collector)).not.toContain('nodes');
  });

  it('stops at shutdown with the run that was under way on record', async () => {
    const asked: string[] = [];
    const { begin, shutdown, runs, held, leases } = await setUp({
      runJob: async ({ lease, signal }) => {
        asked.push(lease.collector);
        if (lease.collector === 'nodes') {
          await untilAborted(signal);
        }
        return success();
      },
    });
    const work = (await begin()).work();
    await until(() => asked.includes('nodes'));
    shutdown.abort();
    await work;
    expect((await runs()).map(run => run.code)).toEqual([null, 'aborted']);
    expect((await held()).sort()).toEqual(['deployments', 'pods']);
    expect(await leases.releaseAll()).toBe(2);
  });

  it('says which runs the database refused', async () => {
    const { begin, knex, unrecorded, held } = await setUp({
      runJob: async () => success(),
    });
    await knex.schema.dropTable('collect_runs');
    await (await begin()).work();
    expect(unrecorded.map(run => run.job.lease.collector)).toEqual(COLLECTORS);
    expect(await held()).toHaveLength(COLLECTORS.length);
  });
});
