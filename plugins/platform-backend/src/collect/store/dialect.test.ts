import { storeTestDatabases } from './__testUtils__/databases';
import {
  chunks,
  insertChunkSize,
  nowPlusMs,
  parseJson,
  randomFraction,
  readNow,
  retryOnDeadlock,
  toJson,
  toMillis,
  toText,
  whereInArray,
} from './dialect';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('dialect on %s', id => {
  it('reads the clock in epoch milliseconds, with parts of a second', async () => {
    const knex = await databases.create(id);
    const now = await readNow(knex);
    expect(Math.abs(now - Date.now())).toBeLessThan(5_000);
    expect(Number.isInteger(now)).toBe(true);
    const [{ later }] = await knex.select({ later: nowPlusMs(knex, 60_000) });
    expect(toMillis(later) - now).toBeGreaterThanOrEqual(60_000);
    expect(toMillis(later) - now).toBeLessThan(65_000);
  });

  it('stores and returns documents, also with characters jsonb refuses', async () => {
    const knex = await databases.create(id);
    const doc = {
      b: 'a\u0000b \\u0000 \ud800!',
      a: ['ü', '\u{1f600}'],
      'k\u0000\udc00': { 'n\ud800': 1 },
    };
    await knex('observed_objects').insert({
      cluster_id: 1,
      collector: 'nodes',
      key: 'k',
      name: toText('n\u0000'),
      hash: 'h',
      doc: toJson(doc),
    });
    const row = await knex('observed_objects').first();
    expect(row.name).toBe('n\ufffd');
    expect(parseJson(row.doc)).toEqual({
      b: 'a\ufffdb \\u0000 \ufffd!',
      a: ['ü', '\u{1f600}'],
      'k\ufffd\ufffd': { 'n\ufffd': 1 },
    });
    expect(parseJson(null)).toBeNull();
  });

  it('draws a fraction per row', async () => {
    const knex = await databases.create(id);
    for (let draw = 0; draw < 20; draw++) {
      const [{ value }] = await knex.select({ value: randomFraction(knex) });
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
    }
  });

  it('finds thousands of values in one query', async () => {
    const knex = await databases.create(id);
    await knex('collect_jobs').insert([
      { cluster_id: 1, collector: 'a', due_at: 0 },
      { cluster_id: 1, collector: 'b', due_at: 0 },
    ]);
    const values = ['a', ...Array.from({ length: 9_999 }, (_, i) => `x${i}`)];
    expect(
      await whereInArray(
        knex('collect_jobs').select('collector'),
        'collector',
        values,
      ),
    ).toEqual([{ collector: 'a' }]);
    expect(
      await whereInArray(knex('collect_jobs').select(), 'collector', []),
    ).toEqual([]);
  });
});

describe('chunks', () => {
  it('keeps every item, in order', () => {
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunks([], 2)).toEqual([]);
    expect(insertChunkSize(7)).toBe(500);
    expect(insertChunkSize(100)).toBe(300);
  });
});

describe('retryOnDeadlock', () => {
  it('runs again for a deadlock, and for nothing else', async () => {
    const run = jest
      .fn()
      .mockRejectedValueOnce(Object.assign(new Error(), { code: '40P01' }))
      .mockResolvedValueOnce('done');
    await expect(retryOnDeadlock(run)).resolves.toBe('done');

    const broken = jest.fn().mockRejectedValue(new Error('syntax'));
    await expect(retryOnDeadlock(broken)).rejects.toThrow('syntax');
    expect(broken).toHaveBeenCalledTimes(1);
  });
});
