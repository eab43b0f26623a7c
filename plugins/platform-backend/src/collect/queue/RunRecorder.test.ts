import type { Knex } from 'knex';
import { storeTestDatabases } from '../store/__testUtils__/databases';
import { holdLease, insertCluster } from '../store/__testUtils__/leases';
import { createStores } from '../store/__testUtils__/stores';
import { LedgerStore } from '../store/LedgerStore';
import { success } from './__testUtils__/reports';
import { BreakerStore } from './BreakerStore';
import { CollectSchedule } from './CollectSchedule';
import type { RunReport } from './RunJob';
import { RunRecorder } from './RunRecorder';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('RunRecorder on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const clusterId = await insertCluster(knex, 'a');
    const lease = await holdLease(knex, { clusterId });
    const { database, coverage } = createStores(knex);
    const recorder = new RunRecorder({
      database,
      ledger: new LedgerStore({ knex }),
      coverage,
      breakers: new BreakerStore({ threshold: 3 }),
      schedule: new CollectSchedule([{ id: 'deployments', cadenceMs: 60_000 }]),
      replica: 'one',
    });
    const told: number[] = [];
    const unchanged = {
      objects: 5,
      resourceVersion: '42',
      tell: async (tx: Knex.Transaction) => {
        told.push((await tx('clusters').count({ count: '*' })).length);
      },
    };
    const job = { lease, startedAt: 1_000, lateMs: 0, fails: 0 };
    const ended = (report: RunReport) => [
      { job, report, startedAt: 1_000, finishedAt: 1_500 },
    ];
    return { knex, clusterId, coverage, recorder, ended, unchanged, told };
  }

  it('records a list that changed nothing as complete, with its run', async () => {
    const { clusterId, knex, coverage, recorder, ended, unchanged, told } =
      await setUp();
    const [end] = await recorder.record(ended({ ...success(5), unchanged }));
    expect(end.held).toBe(true);
    expect(told).toHaveLength(1);
    expect(await coverage.list(clusterId)).toEqual([
      expect.objectContaining({
        objects: 5,
        completeResourceVersion: '42',
        completeAt: 1_500,
        attemptAt: 1_000,
        problem: null,
      }),
    ]);
    expect(await knex('collect_runs').select('outcome', 'code')).toEqual([
      { outcome: 'success', code: null },
    ]);
  });

  it('tells of lists that changed nothing when all of them are complete', async () => {
    const { knex, clusterId, recorder, ended, unchanged } = await setUp();
    const lease = await holdLease(knex, { clusterId, collector: 'jobs' });
    const complete: string[][] = [];
    const tell = async (tx: Knex.Transaction) => {
      const collectors = await tx('collect_coverage')
        .whereNotNull('complete_at')
        .orderBy('collector')
        .pluck('collector');
      complete.push(collectors);
    };
    const [run] = ended({ ...success(5), unchanged: { ...unchanged, tell } });
    await recorder.record([run, { ...run, job: { ...run.job, lease } }]);
    expect(complete).toEqual([
      ['deployments', 'jobs'],
      ['deployments', 'jobs'],
    ]);
  });

  it('records no completion when the job was taken over in the meantime', async () => {
    const { clusterId, knex, coverage, recorder, ended, unchanged, told } =
      await setUp();
    await knex('collect_jobs').update({ epoch: knex.raw('epoch + 1') });
    const [end] = await recorder.record(ended({ ...success(5), unchanged }));
    expect(end.held).toBe(false);
    expect(told).toEqual([]);
    expect(await coverage.list(clusterId)).toEqual([]);
    expect(await knex('collect_runs').select('outcome', 'code')).toEqual([
      { outcome: 'partial', code: 'lease_lost' },
    ]);
  });
});
