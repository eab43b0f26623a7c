import type { Knex } from 'knex';
import { storeTestDatabases } from './__testUtils__/databases';
import { holdLease, insertCluster } from './__testUtils__/leases';
import { createStores, observed, storedDocs } from './__testUtils__/stores';
import { readNow } from './dialect';
import { HistoryStore, utcDay } from './HistoryStore';
import { RetentionStore } from './RetentionStore';
import { CLUSTER_TABLES } from './tables';

jest.setTimeout(60_000);

const databases = storeTestDatabases();
const DAY = 86_400_000;
const policy = {
  runsMaxAgeMs: 30 * DAY,
  runsPerCollector: 3,
  formerClustersMaxAgeMs: 30 * DAY,
  historyMaxAgeMs: 400 * DAY,
};

function insertRun(
  knex: Knex,
  values: { id: string; cluster_id: number; started_at: number },
) {
  return knex('collect_runs').insert({
    collector: 'nodes',
    finished_at: values.started_at,
    outcome: 'success',
    objects: 0,
    pages: 0,
    requests: 0,
    bytes: 0,
    upserted: 0,
    deleted: 0,
    unchanged: 0,
    replica: 'r',
    epoch: 1,
    ...values,
  });
}

describe.each(databases.ids)('RetentionStore on %s', id => {
  it('keeps the newest runs of each collector, and none that are too old', async () => {
    const knex = await databases.create(id);
    const now = await readNow(knex);
    for (let age = 0; age < 5; age++) {
      await insertRun(knex, {
        id: `busy-${age}`,
        cluster_id: 1,
        started_at: now - age * 1_000,
      });
    }
    await insertRun(knex, { id: 'new', cluster_id: 2, started_at: now });
    await insertRun(knex, {
      id: 'old',
      cluster_id: 2,
      started_at: now - 31 * DAY,
    });
    const retention = new RetentionStore(createStores(knex));
    expect(await retention.run(policy)).toMatchObject({ runs: 3 });
    expect(await knex('collect_runs').orderBy('id').pluck('id')).toEqual([
      'busy-0',
      'busy-1',
      'busy-2',
      'new',
    ]);
  });

  it('deletes everything of a cluster that was given up or replaced long ago, and of no other', async () => {
    const knex = await databases.create(id);
    const stores = createStores(knex);
    const now = await readNow(knex);
    const fill = async (name: string, values: object) => {
      const clusterId = await insertCluster(knex, name, values);
      const lease = await holdLease(knex, { clusterId });
      const writer = await stores.observations.beginList(lease);
      await writer.page([observed('a')]);
      await writer.complete({ resourceVersion: null });
      return clusterId;
    };
    const active = await fill('prod', {});
    const recent = await fill('prod', {
      active: false,
      replaced_at: now - 29 * DAY,
    });
    await fill('prod', { active: false, replaced_at: now - 31 * DAY });
    await fill('gone', { active: false, removed_at: now - 31 * DAY });

    const retention = new RetentionStore(stores);
    expect(await retention.run(policy)).toMatchObject({ clusters: 2 });
    expect(await knex('clusters').orderBy('id').pluck('id')).toEqual([
      active,
      recent,
    ]);
    for (const table of CLUSTER_TABLES) {
      const left = await knex(table).distinct('cluster_id').pluck('cluster_id');
      left.forEach(clusterId => expect([active, recent]).toContain(clusterId));
    }
    expect(await storedDocs(knex, { clusterId: recent })).not.toEqual({});
  });

  it('forgets days that are too long ago', async () => {
    const knex = await databases.create(id);
    const now = await readNow(knex);
    await knex('cluster_history').insert([
      { cluster_id: 1, day: utcDay(now - 401 * DAY) },
      { cluster_id: 1, day: utcDay(now - 399 * DAY) },
    ]);
    const retention = new RetentionStore(createStores(knex));
    expect(await retention.run(policy)).toMatchObject({ days: 1 });
  });
});

describe.each(databases.ids)('HistoryStore on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const history = new HistoryStore(createStores(knex));
    const clusterId = await insertCluster(knex, 'prod');
    await knex('fleet_clusters').insert({
      cluster_id: clusterId,
      git_version: 'v1.34.1',
      nodes_total: 3,
      workloads_total: 7,
    });
    const day = utcDay(await readNow(knex));
    const collected = async (at: number) =>
      knex('collect_coverage')
        .insert({ cluster_id: clusterId, collector: 'nodes', complete_at: at })
        .onConflict(['cluster_id', 'collector'])
        .merge();
    return { knex, history, clusterId, day, collected };
  }

  it('keeps one row a day, the newest, without losing what is not known any more', async () => {
    const { knex, history, clusterId, day, collected } = await setUp();
    await collected(await readNow(knex));
    await history.rollUp();
    await knex('fleet_clusters').update({
      git_version: 'v1.34.2',
      nodes_total: null,
    });
    await history.rollUp();
    expect(await history.list(clusterId)).toEqual([
      {
        cluster_id: clusterId,
        day,
        version: 'v1.34.2',
        nodes: 3,
        workloads: 7,
      },
    ]);
  });

  it('says nothing about a day on which the cluster was not collected', async () => {
    const { knex, history, clusterId, collected } = await setUp();
    await collected((await readNow(knex)) - 2 * DAY);
    await history.rollUp();
    expect(await history.list(clusterId)).toEqual([]);
  });

  it('leaves out clusters that are not active', async () => {
    const { knex, history, clusterId, collected } = await setUp();
    await collected(await readNow(knex));
    await knex('clusters').update({ active: false });
    await history.rollUp();
    expect(await history.list(clusterId)).toEqual([]);
  });
});
