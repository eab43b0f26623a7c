import type { ClusterConnection } from '../ClusterConnection';
import { ClusterError } from '../ClusterError';
import { storeTestDatabases } from '../store/__testUtils__/databases';
import { insertCluster } from '../store/__testUtils__/leases';
import { observed, storedDocs } from '../store/__testUtils__/stores';
import {
  COLLECTORS,
  createReplica,
  type ReplicaOptions,
  until,
  untilAborted,
  withoutToken,
} from './__testUtils__/replica';
import { failure, success } from './__testUtils__/reports';
import type { JobContext, RunReport } from './RunJob';
import { makeDue } from './makeDue';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('CollectLoop on %s', id => {
  const loops: Array<{ stop(): Promise<void> }> = [];

  afterEach(async () => {
    await Promise.all(loops.splice(0).map(loop => loop.stop()));
  });

  async function setUp(
    options: Omit<ReplicaOptions, 'knex'>,
    clusterNames = ['a'],
  ) {
    const knex = await databases.create(id);
    const ids: Record<string, number> = {};
    for (const name of clusterNames) {
      ids[name] = await insertCluster(knex, name);
    }
    const replica = createReplica({ knex, ...options });
    loops.push(replica.loop);
    await replica.jobs.sync();
    const runs = (filter: object = {}) =>
      knex('collect_runs').where(filter).orderBy('started_at');
    const job = (collector: string) =>
      knex('collect_jobs').where({ cluster_id: ids.a, collector }).first();
    return { knex, ids, runs, job, ...replica };
  }

  it('runs discovery and then all other collectors, each once a cadence, and writes down every run', async () => {
    const order: string[] = [];
    const { loop, runs, job, coverage, ids, leases, metrics } = await setUp({
      runJob: async ({ lease }) => {
        order.push(lease.collector);
        return success(3);
      },
    });
    loop.start();
    await until(async () => (await runs()).length === COLLECTORS.length);
    expect(order[0]).toBe('discovery');
    expect([...order].sort()).toEqual([...COLLECTORS].sort());
    expect(await runs({ collector: 'nodes' })).toEqual([
      expect.objectContaining({
        cluster_id: ids.a,
        outcome: 'success',
        objects: 3,
        requests: 2,
        code: null,
        replica: 'one',
        resource_version: '7',
      }),
    ]);
    expect(await coverage.list(ids.a)).toHaveLength(COLLECTORS.length);
    expect(await leases.state()).toMatchObject({ due: 0, running: 0 });
    await until(() => metrics.runs.length === COLLECTORS.length);
    expect(metrics.runs).toEqual(
      COLLECTORS.map(() => expect.objectContaining({ held: true })),
    );
    expect(metrics.claims.flat()).toHaveLength(COLLECTORS.length);
    const nodes = await job('nodes');
    const waitMs = Number(nodes.due_at) - Date.now();
    expect(waitMs).toBeGreaterThan(0.85 * 300_000);
    expect(waitMs).toBeLessThan(1.15 * 300_000);
  });

  it('says when it runs and when the queue answered it last', async () => {
    const { loop, leases, metrics, logger } = await setUp({
      runJob: async () => success(),
    });
    expect(loop.state()).toEqual({
      slots: 4,
      busy: 0,
      runningSince: undefined,
      lastClaimAt: undefined,
    });
    const claim = jest
      .spyOn(leases, 'claim')
      .mockRejectedValue(new Error('no such table'));
    loop.start();
    await until(() => metrics.claims.length >= 3);
    expect(metrics.claims).toEqual(metrics.claims.map(() => 'failed'));
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(loop.state()).toMatchObject({
      runningSince: expect.any(Number),
      lastClaimAt: undefined,
    });
    claim.mockRestore();
    await until(() => loop.state().lastClaimAt !== undefined);
    await loop.stop();
    expect(loop.state().runningSince).toBeUndefined();
  });

  it('never has more jobs at a time than slots', async () => {
    let running = 0;
    let most = 0;
    const { loop, runs } = await setUp(
      {
        slots: 3,
        runJob: async () => {
          most = Math.max(most, ++running);
          // Until every slot has been taken once, however slow the machine is.
          await until(() => most >= 3);
          running--;
          return success();
        },
      },
      ['a', 'b', 'c', 'd', 'e'],
    );
    loop.start();
    await until(async () => (await runs()).length === 5 * COLLECTORS.length);
    expect(most).toBe(3);
  });

  it('helps with a visit that takes long, up to two jobs of a cluster at a time', async () => {
    let running = 0;
    let most = 0;
    const done = new AbortController();
    const { loop, runs } = await setUp({
      slots: 4,
      runJob: async ({ lease }) => {
        most = Math.max(most, ++running);
        if (lease.collector === 'nodes' || lease.collector === 'pods') {
          await untilAborted(done.signal).catch(() => {});
        }
        running--;
        return success();
      },
    });
    loop.start();
    await until(() => running === 2);
    expect(loop.state().busy).toBe(2);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(running).toBe(2);
    done.abort();
    await until(async () => (await runs()).length === COLLECTORS.length);
    expect(most).toBe(2);
  });

  it('shows how far a run has come, while it runs', async () => {
    const { loop, job } = await setUp({
      runJob: async ({ onProgress, signal }) => {
        onProgress({ objects: 1, expected: null });
        onProgress({ objects: 500, expected: 1_200 });
        return untilAborted(signal);
      },
    });
    loop.start();
    await until(async () => (await job('discovery')).progress_objects === 500);
    expect(await job('discovery')).toMatchObject({
      progress_expected: 1_200,
      started_at: expect.anything(),
    });
    await loop.stop();
    expect(await job('discovery')).toMatchObject({
      progress_objects: null,
      started_at: null,
    });
  });

  it('keeps its lease while a job runs', async () => {
    const { loop, leases, job } = await setUp({
      renewMs: 10,
      leaseMs: 1_000,
      runJob: ({ signal }) => untilAborted(signal),
    });
    loop.start();
    await until(() => loop.state().busy === 1);
    const first = Number((await job('discovery')).lease_until_at);
    await until(
      async () => Number((await job('discovery')).lease_until_at) > first + 50,
    );
    expect(await leases.claim(8)).toEqual([]);
  });

  it('puts an aborted run on record at shutdown and leaves its job due', async () => {
    const { loop, runs, job, leases } = await setUp({
      runJob: ({ signal }) => untilAborted(signal),
    });
    loop.start();
    await until(() => loop.state().busy === 1);
    await loop.stop();
    expect(await runs()).toEqual([
      expect.objectContaining({
        outcome: 'error',
        code: 'aborted',
        message: 'Collecting discovery of cluster a was aborted by a shutdown',
      }),
    ]);
    expect(await job('discovery')).toMatchObject({
      lease_owner: null,
      fails: 0,
    });
    expect(await leases.state()).toMatchObject({ running: 0 });
    const again = await leases.claim(1);
    expect(again.map(({ lease }) => lease.collector)).toContain('discovery');
  });

  it('ends a job that outruns its budget, which counts against the cluster', async () => {
    const { knex, loop, runs } = await setUp({
      budgetMs: 30,
      runJob: async ({ signal }) => {
        await untilAborted(signal).catch(() => {});
        return failure('aborted');
      },
    });
    loop.start();
    await until(async () => (await runs()).length > 0);
    expect((await runs())[0]).toMatchObject({
      code: 'body_timeout',
      message: 'Collecting discovery of cluster a took longer than its 0.03 s',
    });
    expect(await knex('cluster_breakers').first()).toMatchObject({ fails: 1 });
  });

  it('only probes a cluster that gives no answer, and comes back by itself', async () => {
    let down = true;
    const asked: string[] = [];
    const { knex, loop, logger, coverage, ids, runs } = await setUp({
      random: () => 0, // the shortest pauses
      runJob: async ({ lease }) => {
        asked.push(lease.collector);
        return down ? failure('connect_timeout') : success();
      },
    });
    await knex('collect_coverage').insert({
      cluster_id: ids.a,
      collector: 'nodes',
      objects: 0,
      complete_at: 42,
      attempt_at: 42,
    });
    loop.start();
    await until(
      async () =>
        (await knex('cluster_breakers').whereNotNull('open_until_at')).length >
        0,
    );
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('Cluster a gives no answer (connect_timeout)'),
    );
    await until(() => loop.state().busy === 0);
    const askedUntilOpen = asked.length;
    await until(() => asked.length > askedUntilOpen);
    expect(new Set(asked.slice(askedUntilOpen))).toEqual(
      new Set(['discovery']),
    );
    // collection B7.2: what was collected keeps its age.
    expect(await coverage.list(ids.a)).toContainEqual(
      expect.objectContaining({ collector: 'nodes', completeAt: 42 }),
    );

    down = false;
    await until(async () => (await runs({ outcome: 'success' })).length > 0);
    await until(
      async () =>
        (await knex('cluster_breakers').whereNull('open_until_at')).length > 0,
    );
    expect(logger.info).toHaveBeenCalledWith('Cluster a answers again');
  });

  it('collection B7.2: a missing permission stops one collector only', async () => {
    const missingRule = {
      apiGroups: [''],
      resources: ['pods'],
      verbs: ['list'],
    };
    const { knex, loop, runs, coverage, ids } = await setUp({
      runJob: async ({ lease }) =>
        lease.collector === 'pods'
          ? failure('forbidden', { missingRule })
          : success(),
    });
    loop.start();
    await until(async () => (await runs()).length === COLLECTORS.length);
    expect(await coverage.list(ids.a)).toContainEqual(
      expect.objectContaining({
        collector: 'pods',
        completeAt: null,
        problem: {
          code: 'forbidden',
          message: 'it was forbidden',
          missingRule,
        },
      }),
    );
    expect(await runs({ outcome: 'success' })).toHaveLength(3);
    expect(await knex('cluster_breakers').first()).toMatchObject({
      fails: 0,
      open_until_at: null,
    });
  });

  it('records a fault of its own, and goes on', async () => {
    const { loop, runs, logger } = await setUp({
      runJob: async ({ lease }) => {
        if (lease.collector === 'nodes') {
          throw new TypeError('x is not a function');
        }
        return success();
      },
    });
    loop.start();
    await until(async () => (await runs()).length === COLLECTORS.length);
    expect(await runs({ collector: 'nodes' })).toEqual([
      expect.objectContaining({
        code: 'internal',
        message: 'TypeError: x is not a function',
      }),
    ]);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('records why there is no connection', async () => {
    const { loop, runs } = await setUp({
      connect: withoutToken,
      runJob: async () => success(),
    });
    loop.start();
    await until(async () => (await runs()).length > 0);
    expect((await runs())[0]).toMatchObject({
      code: 'credentials',
      message: 'no token',
    });
  });

  describe('identity', () => {
    it('collection B7.5: a name that leads to another cluster goes on in another row at once', async () => {
      let uid = 'uid-1';
      const written: Array<[number, string]> = [];
      const { knex, loop, jobs, runs, ids, observations } = await setUp({
        readIdentity: async () => uid,
        runJob: async (context: JobContext): Promise<RunReport> => {
          written.push([context.lease.clusterId, uid]);
          const writer = await observations.beginList(context.lease);
          await writer.page([observed(`of-${uid}`)]);
          return {
            ...success(),
            applied: await writer.complete({ resourceVersion: '1' }),
          };
        },
      });
      loop.start();
      await until(async () => (await runs()).length === COLLECTORS.length);

      uid = 'uid-2';
      await makeDue(knex, { clusterId: ids.a, minAgeMs: 0 });
      await until(
        async () => (await runs({ outcome: 'success' })).length === 8,
      );
      expect(await runs({ code: 'identity_mismatch' })).not.toHaveLength(0);
      const now = await knex('clusters').where({ active: true }).first();
      expect(now).toMatchObject({ name: 'a', uid: 'uid-2' });
      for (const collector of COLLECTORS) {
        expect(
          Object.keys(await storedDocs(knex, { clusterId: ids.a, collector })),
        ).toEqual(['of-uid-1']);
        expect(
          Object.keys(await storedDocs(knex, { clusterId: now.id, collector })),
        ).toEqual(['of-uid-2']);
      }
      expect(new Set(written.map(entry => entry.join()))).toEqual(
        new Set([`${ids.a},uid-1`, `${now.id},uid-2`]),
      );
      await jobs.sync();
      expect(
        await knex('collect_jobs').where({ cluster_id: ids.a }),
      ).toHaveLength(0);
    });

    it('collection B7.5: a second name of a cluster is checked, not collected', async () => {
      const collected: string[] = [];
      const { knex, ids, loop, runs } = await setUp(
        {
          slots: 1,
          readIdentity: async () => 'uid-of-both',
          runJob: async ({ lease }) => {
            collected.push(lease.clusterName);
            return success();
          },
        },
        ['a', 'b'],
      );
      loop.start();
      await until(async () => (await runs()).length >= COLLECTORS.length + 1);
      expect(new Set(collected).size).toBe(1);
      const second = collected[0] === 'a' ? 'b' : 'a';
      expect(await runs({ cluster_id: ids[second] })).toEqual([
        expect.objectContaining({
          collector: 'discovery',
          code: 'duplicate',
          message: `${second} is a cluster that is collected under another name (same kube-system UID)`,
        }),
      ]);
      expect(
        await knex('collect_jobs')
          .where({ cluster_id: ids[second] })
          .pluck('collector'),
      ).toEqual(['discovery']);
    });

    it('collection B7.5: who may not read its identity is collected only while it never had one', async () => {
      let readable = false;
      const { knex, loop, ids, runs, clusters } = await setUp({
        readIdentity: async (connection: ClusterConnection) => {
          if (readable) {
            return 'uid-1';
          }
          throw new ClusterError({
            code: 'forbidden',
            clusterName: connection.clusterName,
            message: 'may not get namespace kube-system',
          });
        },
        runJob: async () => success(),
      });
      loop.start();
      await until(
        async () =>
          (await runs({ outcome: 'success' })).length === COLLECTORS.length,
      );
      expect(await clusters.get(ids.a)).toMatchObject({ uid: null });

      readable = true;
      await makeDue(knex, { clusterId: ids.a, minAgeMs: 0 });
      await until(async () => (await runs()).length === 2 * COLLECTORS.length);
      expect(await clusters.get(ids.a)).toMatchObject({ uid: 'uid-1' });

      readable = false;
      await makeDue(knex, { clusterId: ids.a, minAgeMs: 0 });
      await until(async () => (await runs()).length === 3 * COLLECTORS.length);
      expect(await runs({ code: 'forbidden' })).toHaveLength(COLLECTORS.length);
    });
  });

  it('collection B7.7: another replica goes on where one died, from a list of its own', async () => {
    const { knex, ids, loop, job, observations, database, metrics } =
      await setUp({
        renewMs: 3_600_000, // as if it had been killed
        slots: 1, // so that it cannot take the job over itself
        runJob: async ({ lease, signal }) => {
          if (lease.collector !== 'nodes') {
            return success();
          }
          const writer = await observations.beginList(lease);
          await writer.page([observed('half', 1)]);
          await untilAborted(signal).catch(() => {});
          const late = writer.page([observed('too-late', 1)]);
          await expect(late).rejects.toThrow('was taken over');
          throw await late.catch(error => error);
        },
      });
    loop.start();
    await until(async () => 'half' in (await storedDocs(knex, nodesOf(ids.a))));

    await database.read(k =>
      k('collect_jobs').update({
        lease_until_at: k.raw('lease_until_at - 120000'),
      }),
    );
    const successor = createReplica({
      knex: id === 'SQLITE_3' ? knex : databases.secondPool(knex),
      name: 'two',
      runJob: async ({ lease }) => {
        const writer = await successor.observations.beginList(lease);
        await writer.page([observed('whole', 2)]);
        return {
          ...success(),
          applied: await writer.complete({ resourceVersion: '2' }),
        };
      },
    });
    loops.push(successor.loop);
    successor.loop.start();
    await until(
      async () => 'whole' in (await storedDocs(knex, nodesOf(ids.a))),
    );
    await until(async () => (await job('nodes')).lease_owner === null);
    await loop.stop();
    expect(await storedDocs(knex, nodesOf(ids.a))).toEqual({
      whole: { value: 2 },
    });
    const lost = await knex('collect_runs').where({
      collector: 'nodes',
      replica: 'one',
    });
    expect(lost).toEqual([expect.objectContaining({ outcome: 'error' })]);
    expect(
      metrics.runs
        .filter(run => !run.held)
        .map(({ job: { lease } }) => lease.collector),
    ).toEqual(['nodes']);
    expect(await job('nodes')).toMatchObject({ fails: 0, lease_owner: null });
  });
});

function nodesOf(clusterId: number) {
  return { clusterId, collector: 'nodes' };
}
