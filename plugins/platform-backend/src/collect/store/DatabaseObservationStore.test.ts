import type { Knex } from 'knex';
import type {
  ObservationChange,
  ObservationListener,
  UnchangedList,
} from '../observations';
import { LeaseLostError } from '../lease';
import { DatabaseObservationStore } from './DatabaseObservationStore';
import { storeTestDatabases } from './__testUtils__/databases';
import { holdLease, insertCluster } from './__testUtils__/leases';
import { createStores, observed, storedDocs } from './__testUtils__/stores';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

class RecordingListener implements ObservationListener {
  readonly changes: ObservationChange[] = [];
  fail = false;

  async onChange(tx: Knex.Transaction, change: ObservationChange) {
    this.changes.push(change);
    await tx('cluster_list_state').update({ error: 'written by listener' });
    if (this.fail) {
      throw new Error('the read model is broken');
    }
  }
}

/** Counts the rows a piece of work sends to `observed_objects`. */
async function rowsWritten(knex: Knex, work: () => Promise<unknown>) {
  const statements: string[] = [];
  const listen = (query: { sql: string }) => {
    if (/^(insert|update|delete).*observed_objects/.test(query.sql)) {
      statements.push(query.sql);
    }
  };
  knex.on('query', listen);
  await work();
  knex.removeListener('query', listen);
  return statements;
}

describe.each(databases.ids)('DatabaseObservationStore on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const clusterId = await insertCluster(knex, 'prod');
    const listener = new RecordingListener();
    const stores = createStores(knex, [listener]);
    const lease = await holdLease(knex, { clusterId });
    const list = async (keys: Record<string, unknown>) => {
      const writer = await stores.observations.beginList(lease);
      await writer.page(
        Object.entries(keys).map(([key, value]) => observed(key, value)),
      );
      return writer.complete({ resourceVersion: '7' });
    };
    return { knex, clusterId, listener, lease, list, ...stores };
  }

  it('collection B7.1: deletes only after complete, in the transaction that moves the coverage', async () => {
    const { knex, clusterId, observations, lease, list, coverage, listener } =
      await setUp();
    await list({ a: 1, b: 1, c: 1 });
    const [before] = await coverage.list(clusterId);

    const broken = await observations.beginList(lease);
    await broken.page([observed('a', 2)]);
    expect(await storedDocs(knex, { clusterId })).toEqual({
      a: { value: 2 },
      b: { value: 1 },
      c: { value: 1 },
    });
    expect(await coverage.list(clusterId)).toEqual([before]);
    expect(broken.result()).toMatchObject({ upserted: 1, deleted: 0 });

    const writer = await observations.beginList(lease);
    await writer.page([observed('a', 2)]);
    listener.fail = true;
    await expect(writer.complete({ resourceVersion: '8' })).rejects.toThrow(
      'the read model is broken',
    );
    expect(Object.keys(await storedDocs(knex, { clusterId }))).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(await coverage.list(clusterId)).toEqual([before]);

    listener.fail = false;
    await writer.complete({ resourceVersion: '8' });
    expect(await storedDocs(knex, { clusterId })).toEqual({ a: { value: 2 } });
    expect(await coverage.list(clusterId)).toEqual([
      expect.objectContaining({ objects: 1, completeResourceVersion: '8' }),
    ]);
  });

  it('collection B7.2: a list that breaks off or fails keeps the rows and the age of the data', async () => {
    const { knex, clusterId, lease, list, coverage, database } = await setUp();
    await list({ a: 1, b: 1 });
    const [good] = await coverage.list(clusterId);

    for (const code of ['unauthorized', 'forbidden', 'expired', 'truncated']) {
      await database.write(async tx => {
        await coverage.ended(tx, [
          {
            job: lease,
            startedAt: 1,
            finishedAt: 2,
            problem: { code, message: `was ${code}` },
          },
        ]);
      });
      const [now] = await coverage.list(clusterId);
      expect(now).toMatchObject({
        objects: 2,
        completeAt: good.completeAt,
        completeResourceVersion: good.completeResourceVersion,
        problem: { code, message: `was ${code}` },
      });
      expect(Object.keys(await storedDocs(knex, { clusterId }))).toEqual([
        'a',
        'b',
      ]);
    }
    await list({ a: 1, b: 1 });
    expect(await coverage.list(clusterId)).toEqual([
      expect.objectContaining({ problem: null }),
    ]);
  });

  it('collection B7.3: rows that differ from the list in number are no success, and the next list writes all again', async () => {
    const { knex, clusterId, observations, lease, list, coverage } =
      await setUp();
    await list({ a: 1, b: 1 });
    const [good] = await coverage.list(clusterId);

    const writer = await observations.beginList(lease);
    await knex('observed_objects').where({ key: 'b' }).delete();
    await writer.page([observed('a', 2), observed('b')]);
    await expect(writer.complete({ resourceVersion: '9' })).rejects.toThrow(
      'Cluster cluster-1 listed 2 objects for deployments but 1 are stored; the next run writes all of them again',
    );
    expect(await coverage.list(clusterId)).toEqual([good]);

    expect(await list({ a: 2, b: 1 })).toMatchObject({
      upserted: 2,
      unchanged: 0,
    });
    expect(Object.keys(await storedDocs(knex, { clusterId }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('collection B7.3: rows that are lost while a list changes nothing are written by the next', async () => {
    const { knex, clusterId, observations, lease, list } = await setUp();
    await list({ a: 1, b: 1 });

    const writer = await observations.beginList(lease);
    await knex('observed_objects').where({ key: 'b' }).delete();
    await writer.complete({
      objects: [observed('a', 1), observed('b', 1)],
      resourceVersion: '9',
    });
    expect(await list({ a: 1, b: 1 })).toMatchObject({
      upserted: 1,
      unchanged: 1,
    });
    expect(Object.keys(await storedDocs(knex, { clusterId }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('writes the last page of a list and its end together', async () => {
    const { knex, clusterId, observations, lease, list, coverage } =
      await setUp();
    await list({ a: 1, b: 1, c: 1 });

    const writer = await observations.beginList(lease);
    await writer.page([observed('a', 1), observed('b', 2)]);
    const result = await writer.complete({
      objects: [observed('b', 3), observed('d', 1)],
      resourceVersion: '10',
    });
    expect(result).toEqual({
      objects: 3,
      upserted: 2,
      inserted: 1,
      deleted: 1,
      unchanged: 1,
      duplicates: 1,
    });
    expect(await storedDocs(knex, { clusterId })).toMatchObject({
      a: { value: 1 },
      b: { value: 3 },
      d: { value: 1 },
    });
    expect((await coverage.list(clusterId))[0]).toMatchObject({
      objects: 3,
      completeResourceVersion: '10',
    });
  });

  it('leaves it to others to record a list that changed nothing, and no other', async () => {
    const { knex, clusterId, observations, lease, list, coverage } =
      await setUp();
    const handedOver: UnchangedList[] = [];
    const onUnchanged = (unchanged: UnchangedList) =>
      handedOver.push(unchanged);
    await list({ a: 1, b: 1 });
    const before = await coverage.list(clusterId);

    const same = await observations.beginList(lease);
    const result = await same.complete({
      objects: [observed('a', 1), observed('b', 1)],
      resourceVersion: '11',
      onUnchanged,
    });
    expect(result).toMatchObject({ objects: 2, unchanged: 2, upserted: 0 });
    expect(handedOver).toMatchObject([{ objects: 2, resourceVersion: '11' }]);
    expect(await coverage.list(clusterId)).toEqual(before);

    for (const objects of [
      [observed('a', 1)],
      [observed('a', 1), observed('b', 2)],
      [observed('a', 1), observed('b', 2), observed('c', 1)],
    ]) {
      const writer = await observations.beginList(lease);
      await writer.complete({ objects, resourceVersion: '12', onUnchanged });
    }
    expect(handedOver).toHaveLength(1);
    expect(Object.keys(await storedDocs(knex, { clusterId }))).toHaveLength(3);
  });

  it('collection B7.7: a new process goes on from the stored rows alone', async () => {
    const { knex, clusterId, list } = await setUp();
    await list({ a: 1, b: 1 });

    const restarted = createStores(knex);
    const lease = await holdLease(knex, { clusterId, owner: 'replica-2' });
    const writer = await restarted.observations.beginList(lease);
    await writer.page([observed('a', 1), observed('c', 1)]);
    expect(await writer.complete({ resourceVersion: '8' })).toEqual({
      objects: 2,
      upserted: 1,
      inserted: 1,
      deleted: 1,
      unchanged: 1,
      duplicates: 0,
    });
    expect(Object.keys(await storedDocs(knex, { clusterId }))).toEqual([
      'a',
      'c',
    ]);
  });

  it('refuses every write of a holder whose job was taken over', async () => {
    const { knex, clusterId, observations, lease, list, listener } =
      await setUp();
    await list({ a: 1, b: 1 });
    const paused = await observations.beginList(lease);
    await paused.page([observed('a', 2)]);

    const successor = await holdLease(knex, { clusterId, owner: 'replica-2' });
    const writer = await observations.beginList(successor);
    await writer.page([observed('a', 3), observed('b', 3)]);
    await writer.complete({ resourceVersion: '9' });
    const told = listener.changes.length;

    await expect(paused.page([observed('b', 2)])).rejects.toThrow(
      LeaseLostError,
    );
    await expect(paused.complete({ resourceVersion: '8' })).rejects.toThrow(
      /lease for deployments .* was taken over; nothing was written/,
    );
    expect(await storedDocs(knex, { clusterId })).toEqual({
      a: { value: 3 },
      b: { value: 3 },
    });
    expect(listener.changes).toHaveLength(told);
  });

  it('refuses writes for a job that is gone', async () => {
    const { knex, clusterId, observations, lease } = await setUp();
    const writer = await observations.beginList(lease);
    await knex('collect_jobs').delete();
    await expect(writer.page([observed('a')])).rejects.toThrow(LeaseLostError);
    expect(await storedDocs(knex, { clusterId })).toEqual({});
  });

  it('writes only what changed', async () => {
    const { knex, list } = await setUp();
    const objects = Object.fromEntries(
      Array.from({ length: 1_200 }, (_, i) => [`k${i}`, i]),
    );
    await list(objects);

    expect(await rowsWritten(knex, () => list(objects))).toEqual([]);

    const statements = await rowsWritten(knex, async () => {
      expect(await list({ ...objects, k7: 'new' })).toEqual({
        objects: 1_200,
        upserted: 1,
        inserted: 0,
        deleted: 0,
        unchanged: 1_199,
        duplicates: 0,
      });
    });
    expect(statements).toHaveLength(1);
  });

  it('lets the last of several objects of one key count', async () => {
    const { knex, clusterId, observations, lease } = await setUp();
    const writer = await observations.beginList(lease);
    await writer.page([observed('a', 1), observed('a', 2), observed('b', 1)]);
    await writer.page([observed('b', 2)]);
    expect(await writer.complete({ resourceVersion: null })).toEqual({
      objects: 2,
      upserted: 2,
      inserted: 2,
      deleted: 0,
      unchanged: 0,
      duplicates: 2,
    });
    expect(await storedDocs(knex, { clusterId })).toEqual({
      a: { value: 2 },
      b: { value: 2 },
    });
  });

  it('keeps apart what other collectors and clusters have under the same key', async () => {
    const { knex, clusterId, list, observations } = await setUp();
    await list({ a: 1 });
    const other = await insertCluster(knex, 'other');
    for (const job of [
      { clusterId, collector: 'jobs' },
      { clusterId: other },
    ]) {
      const writer = await observations.beginList(await holdLease(knex, job));
      await writer.complete({ resourceVersion: null });
      expect(await storedDocs(knex, { clusterId })).toEqual({
        a: { value: 1 },
      });
    }
  });

  it('tells listeners of each change, and once that a list was complete', async () => {
    const { list, listener } = await setUp();
    await list({ a: 1 });
    await list({ a: 1 });
    await list({});
    expect(
      listener.changes.map(({ upserted, deletedKeys, complete }) => ({
        upserted: upserted.map(({ key }) => key),
        deletedKeys,
        complete,
      })),
    ).toEqual([
      { upserted: ['a'], deletedKeys: [], complete: false },
      { upserted: [], deletedKeys: [], complete: true },
      { upserted: [], deletedKeys: [], complete: true },
      { upserted: [], deletedKeys: ['a'], complete: true },
    ]);
    expect(listener.changes[0]).toMatchObject({
      clusterName: 'cluster-1',
      collector: 'deployments',
    });
  });

  it('stores no more rows than are allowed, however many lists break off, and heals', async () => {
    const { knex, clusterId, lease, database, coverage } = await setUp();
    const observations = new DatabaseObservationStore({
      database,
      coverage,
      listeners: [],
      maxRows: 10,
    });
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) =>
        observed(`k${String(from + index).padStart(3, '0')}`),
      );
    for (let run = 0; run < 5; run++) {
      const endless = await observations.beginList(lease);
      await endless.page(page(run * 8, 8));
    }
    const kept = Object.keys(await storedDocs(knex, { clusterId }));
    expect(kept).toHaveLength(10);

    // A complete list makes room first; the next one has it.
    const list = async () => {
      const writer = await observations.beginList(lease);
      await writer.page(page(100, 8));
      return writer.complete({ resourceVersion: '7' });
    };
    await expect(list()).rejects.toThrow('listed 8 objects');
    await expect(list()).resolves.toMatchObject({ objects: 8 });
    expect(Object.keys(await storedDocs(knex, { clusterId }))).toEqual(
      page(100, 8).map(({ key }) => key),
    );
  });

  it('tells listeners what is stored, not what was said', async () => {
    const { lease, observations, listener, knex, clusterId } = await setUp();
    const writer = await observations.beginList(lease);
    await writer.page([
      {
        key: 'k\u0000',
        namespace: 'n\ud800',
        name: 'm\u0000',
        doc: { 'l\u0000': '\udc00' },
      },
    ]);
    await writer.complete({ resourceVersion: null });
    const said = {
      key: 'k\ufffd',
      namespace: 'n\ufffd',
      name: 'm\ufffd',
      doc: { 'l\ufffd': '\ufffd' },
    };
    expect(listener.changes[0].upserted).toEqual([said]);
    expect(await storedDocs(knex, { clusterId })).toEqual({
      [said.key]: said.doc,
    });
  });

  it('undoes a page together with its listener', async () => {
    const { knex, clusterId, observations, lease, listener } = await setUp();
    const writer = await observations.beginList(lease);
    listener.fail = true;
    await expect(writer.page([observed('a')])).rejects.toThrow('broken');
    expect(await storedDocs(knex, { clusterId })).toEqual({});
    expect(await knex('cluster_list_state').first()).toMatchObject({
      error: null,
    });
    listener.fail = false;
    await writer.page([observed('a')]);
    expect(await storedDocs(knex, { clusterId })).toEqual({ a: { value: 1 } });
  });
});
