import type { Knex } from 'knex';
import { storeTestDatabases } from './__testUtils__/databases';
import { insertCluster } from './__testUtils__/leases';
import { LedgerStore, type RunRecord } from './LedgerStore';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

/** A run to record; `id` decides among runs of the same start. */
function run(values: Partial<RunRecord>): RunRecord {
  return {
    id: 'r',
    clusterId: 1,
    collector: 'nodes',
    startedAt: 1_000,
    outcome: 'success',
    objects: 3,
    pages: 1,
    requests: 1,
    bytes: 5_000_000_000,
    upserted: 1,
    deleted: 0,
    unchanged: 2,
    resourceVersion: '42',
    code: null,
    message: null,
    replica: 'replica-1',
    epoch: 7,
    ...values,
  };
}

describe.each(databases.ids)('LedgerStore on %s', id => {
  async function setUp(runs: Array<Partial<RunRecord>>) {
    const knex = await databases.create(id);
    const clusterId = await insertCluster(knex, 'prod');
    const ledger = new LedgerStore({ knex });
    await knex.transaction(async tx => {
      for (const values of runs) {
        await ledger.insert(tx, run({ clusterId, ...values }));
      }
    });
    return { knex, clusterId, ledger };
  }

  it('returns what was recorded, once, with the name and the end', async () => {
    const { ledger, clusterId } = await setUp([{}, {}]);
    expect(await ledger.list({ order: 'desc', limit: 10 })).toEqual([
      {
        ...run({ clusterId }),
        clusterName: 'prod',
        finishedAt: expect.any(Number),
      },
    ]);
  });

  it('reads page by page in both directions without loss at equal starts', async () => {
    const { ledger } = await setUp([
      { id: 'a', startedAt: 1 },
      { id: 'b', startedAt: 2 },
      { id: 'c', startedAt: 2 },
      { id: 'd', startedAt: 2 },
      { id: 'e', startedAt: 3 },
    ]);
    for (const order of ['asc', 'desc'] as const) {
      const all = await ledger.list({ order, limit: 10 });
      const first = await ledger.list({ order, limit: 2 });
      const second = await ledger.list({ order, limit: 2, after: first[1] });
      const third = await ledger.list({ order, limit: 2, after: second[1] });
      expect([...first, ...second, ...third]).toEqual(all);
      expect(all.map(entry => entry.id).join('')).toBe(
        order === 'asc' ? 'abcde' : 'edcba',
      );
      expect(await ledger.list({ order, limit: 2, before: third[0] })).toEqual(
        second,
      );
    }
  });

  it('filters by cluster, collector and outcome', async () => {
    const { knex, ledger } = await setUp([
      { id: 'a', collector: 'nodes', outcome: 'error', code: 'forbidden' },
      { id: 'b', collector: 'pods' },
    ]);
    const other = await insertCluster(knex, 'stage');
    await knex.transaction(tx =>
      ledger.insert(tx, run({ id: 'c', clusterId: other })),
    );
    const ids = async (filter: object) => {
      const entries = await ledger.list({ order: 'asc', limit: 9, ...filter });
      expect(await ledger.count(filter)).toBe(entries.length);
      return entries.map(entry => entry.id);
    };
    expect(await ids({})).toEqual(['a', 'b', 'c']);
    expect(await ids({ clusters: ['prod'] })).toEqual(['a', 'b']);
    expect(await ids({ collectors: ['nodes'] })).toEqual(['a', 'c']);
    expect(await ids({ outcomes: ['error', 'partial'] })).toEqual(['a']);
    expect(await ids({ clusters: [] })).toEqual([]);
  });

  it('finds the newest runs of a cluster among many by an index', async () => {
    const { knex, clusterId, ledger } = await setUp([]);
    await insertRuns(knex, { clusterId, count: 3_000 });
    const started = performance.now();
    await ledger.list({ order: 'desc', limit: 50, clusters: ['prod'] });
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('cuts a message that is too long for a person', async () => {
    const { ledger } = await setUp([{ message: 'x'.repeat(5_000) }]);
    const [entry] = await ledger.list({ order: 'asc', limit: 1 });
    expect(entry.message).toHaveLength(1_000);
  });
});

async function insertRuns(
  knex: Knex,
  options: { clusterId: number; count: number },
) {
  const { id, clusterId, collector, ...rest } = run({});
  const row = {
    cluster_id: options.clusterId,
    collector,
    finished_at: 1,
    outcome: rest.outcome,
    objects: 0,
    pages: 0,
    requests: 0,
    bytes: 0,
    upserted: 0,
    deleted: 0,
    unchanged: 0,
    replica: 'r',
    epoch: 1,
  };
  await knex.batchInsert(
    'collect_runs',
    Array.from({ length: options.count }, (_, index) => ({
      ...row,
      id: `run-${index}`,
      started_at: index,
    })),
    400,
  );
}
