import { storeTestDatabases } from './__testUtils__/databases';
import { insertCluster } from './__testUtils__/leases';
import { LedgerStore, type LedgerEntry, type RunRecord } from './LedgerStore';
import type { Position } from './keysetPage';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

/** A run to record; `id` decides among runs of the same start. */
function run(values: Partial<RunRecord>): RunRecord {
  return {
    id: 'r',
    clusterId: 1,
    collector: 'nodes',
    startedAt: 1_000,
    finishedAt: 2_000,
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
        await ledger.insert(tx, [run({ clusterId, ...values })]);
      }
    });
    return { knex, clusterId, ledger };
  }

  it('returns what was recorded, once, with the name and the end', async () => {
    const { ledger, clusterId } = await setUp([{}, {}]);
    const { rows } = await ledger.page({ order: 'desc', limit: 10 });
    expect(rows).toEqual([
      {
        ...run({ clusterId }),
        clusterName: 'prod',
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
      const page = async (position?: Position) =>
        (await ledger.page({ order, limit: position ? 2 : 10, position })).rows;
      const all = await page();
      expect(all.map(entry => entry.id).join('')).toBe(
        order === 'asc' ? 'abcde' : 'edcba',
      );
      const after = (entry: LedgerEntry) =>
        page({ key: ledger.keyOf(entry), direction: 'after' });
      expect(await after(all[1])).toEqual(all.slice(2, 4));
      expect(await after(all[3])).toEqual(all.slice(4));
      expect(
        await page({ key: ledger.keyOf(all[4]), direction: 'before' }),
      ).toEqual(all.slice(2, 4));
    }
  });

  it('filters by cluster, collector and outcome', async () => {
    const { knex, ledger } = await setUp([
      { id: 'a', collector: 'nodes', outcome: 'error', code: 'forbidden' },
      { id: 'b', collector: 'pods' },
    ]);
    const other = await insertCluster(knex, 'stage');
    await knex.transaction(tx =>
      ledger.insert(tx, [run({ id: 'c', clusterId: other })]),
    );
    const ids = async (filter: object) => {
      const { rows } = await ledger.page({ order: 'asc', limit: 9, filter });
      expect(await ledger.count(filter)).toBe(rows.length);
      return rows.map(entry => entry.id);
    };
    expect(await ids({})).toEqual(['a', 'b', 'c']);
    expect(await ids({ clusters: ['prod'] })).toEqual(['a', 'b']);
    expect(await ids({ collectors: ['nodes'] })).toEqual(['a', 'c']);
    expect(await ids({ outcomes: ['error', 'partial'] })).toEqual(['a']);
    expect(await ids({ clusters: [] })).toEqual([]);
  });

  it('cuts a message that is too long for a person', async () => {
    const { ledger } = await setUp([{ message: 'x'.repeat(5_000) }]);
    const { rows } = await ledger.page({ order: 'asc', limit: 1 });
    expect(rows[0].message).toHaveLength(1_000);
  });
});
