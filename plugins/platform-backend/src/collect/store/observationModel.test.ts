import * as fc from 'fast-check';
import { storeTestDatabases } from './__testUtils__/databases';
import { holdLease, insertCluster } from './__testUtils__/leases';
import { createStores, observed, storedDocs } from './__testUtils__/stores';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

/** One list of a cluster: its pages, and how it ended. */
const listArbitrary = fc.record({
  pages: fc.array(
    fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        value: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 6 },
    ),
    { maxLength: 3 },
  ),
  end: fc.constantFrom('complete', 'broken off', 'taken over'),
});

/** A lost lease is noticed by the first call that has to write. */
function failureAfter(list: { pages: unknown[][]; end: string }) {
  return list.end === 'taken over' ? 'LeaseLostError' : undefined;
}

/** What the rows must be after a list, said in the simplest way. */
function expectedAfter(
  rows: Record<string, number>,
  list: { pages: Array<Array<{ key: string; value: number }>>; end: string },
): Record<string, number> {
  const named = Object.fromEntries(
    list.pages.flat().map(({ key, value }) => [key, value]),
  );
  switch (list.end) {
    case 'complete':
      return named;
    case 'broken off':
      return { ...rows, ...named };
    default:
      return rows;
  }
}

describe.each(databases.ids)('observed rows on %s', id => {
  it('collection B7.1, B7.2: equal a simple model after any sequence of lists', async () => {
    const knex = await databases.create(id);
    const { observations } = createStores(knex);
    let clusters = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.array(listArbitrary, { maxLength: 6 }),
        async lists => {
          const clusterId = await insertCluster(knex, `c${clusters++}`);
          let expected: Record<string, number> = {};
          for (const list of lists) {
            const lease = await holdLease(knex, { clusterId });
            const writer = await observations.beginList(lease);
            if (list.end === 'taken over') {
              await holdLease(knex, { clusterId, owner: 'successor' });
            }
            const write = async () => {
              for (const page of list.pages) {
                await writer.page(
                  page.map(({ key, value }) => observed(key, value)),
                );
              }
              if (list.end !== 'broken off') {
                await writer.complete({ resourceVersion: null });
              }
            };
            const failure = await write().catch(error => error.name);
            expect(failure).toBe(failureAfter(list));
            expected = expectedAfter(expected, list);
            expect(await storedDocs(knex, { clusterId })).toEqual(
              Object.fromEntries(
                Object.entries(expected).map(([key, value]) => [
                  key,
                  { value },
                ]),
              ),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
