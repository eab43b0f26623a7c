import {
  clusterStateSchema,
  clusterSupportStateSchema,
  listClustersRoute,
  listWorkloadsRoute,
  WORKLOAD_STATUSES_WORST_FIRST,
  workloadKindSchema,
  type Cluster,
} from '@roadbed/backstage-plugin-platform-common';
import fc from 'fast-check';
import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import { ANYBODY, fleetRoom } from './__testUtils__/fleetFixture';
import { clusterKey, clusterPage } from './clusterList';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

interface Page {
  items: string[];
  next?: unknown;
  previous?: unknown;
}

/** Rows, so that a cursor that leads nowhere fails instead of going on. */
const MORE_THAN_ENOUGH = 1_000;

/** Walks to the end and back again: every row, in the order it was met. */
async function walk<C>(
  page: (cursor: C | undefined) => Promise<Page>,
): Promise<{ there: string[]; back: string[] }> {
  let current = await page(undefined);
  const there = [...current.items];
  while (current.next !== undefined) {
    expect(there.length).toBeLessThan(MORE_THAN_ENOUGH);
    current = await page(current.next as C);
    there.push(...current.items);
  }
  const back = [...current.items];
  while (current.previous !== undefined) {
    expect(back.length).toBeLessThan(MORE_THAN_ENOUGH);
    current = await page(current.previous as C);
    back.unshift(...current.items);
  }
  return { there, back };
}

// Few values, so that there are many ties, and some that sort in surprising ways.
const name = fc.constantFrom('a', 'B', 'b', 'a-b', 'a.b', 'é', 'z_%', "o'x");
const order = fc.constantFrom('asc', 'desc');
const limit = fc.integer({ min: 1, max: 7 });

describe.each(databases.ids)('workloads page by page on %s', id => {
  it('each row once, in one order, there and back', async () => {
    const knex = await databases.create(id);
    const { workloadService, addCluster } = fleetRoom(knex);
    const clusterIds = [await addCluster('one'), await addCluster('two')];
    const row = fc.record({
      cluster_id: fc.constantFrom(...clusterIds),
      name,
      namespace: name,
      kind: fc.constantFrom(...workloadKindSchema.options),
      status: fc.constantFrom(
        'ready' as const,
        'failed' as const,
        'unknown' as const,
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 30 }),
        fc.constantFrom(
          ...listWorkloadsRoute.query.shape.sort.unwrap().options,
        ),
        order,
        limit,
        async (rows, sort, direction, size) => {
          await knex('fleet_workloads').delete();
          if (rows.length > 0) {
            await knex('fleet_workloads').insert(
              rows.map((values, index) => ({
                ...values,
                key: `key-${index}`,
                status_rank: WORKLOAD_STATUSES_WORST_FIRST.indexOf(
                  values.status,
                ),
                images: '[]',
                image_text: '',
              })),
            );
          }
          const list = (query: object) =>
            workloadService.list(
              listWorkloadsRoute.query.parse({
                sort,
                order: direction,
                ...query,
              }),
              ANYBODY,
            );
          const whole = (await list({ limit: 500 })).items.map(item => item.id);
          expect(new Set(whole).size).toBe(rows.length);
          const { there, back } = await walk<string>(async cursor => {
            const { items, pageInfo } = await list({ limit: size, cursor });
            return {
              items: items.map(item => item.id),
              next: pageInfo.nextCursor,
              previous: pageInfo.previousCursor,
            };
          });
          expect(there).toEqual(whole);
          expect(back).toEqual(whole);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('clusters page by page', () => {
  const { options: sorts } = listClustersRoute.query.shape.sort.unwrap();

  const cluster: fc.Arbitrary<Omit<Cluster, 'name' | 'id'>> = fc.record({
    state: fc.constantFrom(...clusterStateSchema.options),
    reasons: fc.constant([]),
    attributes: fc.constant({}),
    version: fc.option(
      fc
        .constantFrom('1.9', '1.10', '1.34')
        .map(minor => ({ gitVersion: `v${minor}.0`, minor, emulated: false })),
    ),
    nodes: fc.option(
      fc.integer({ min: 0, max: 3 }).map(total => ({ total, ready: total })),
    ),
    support: fc
      .constantFrom(...clusterSupportStateSchema.options)
      .map(state => ({
        state,
        calendar: 'upstream',
        nextEnd: null,
        conflict: false,
      })),
    entityRef: fc.constant(null),
    namespaces: fc.constant(null),
    workloads: fc.option(fc.constant({ total: 1, notReady: 0 })),
    pods: fc.constant(null),
    oldestDataAt: fc.option(fc.constant('2026-11-21T10:00:00.000Z')),
    newestDataAt: fc.constant(null),
  });

  it('each row once, in one order, there and back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cluster, { maxLength: 30 }),
        fc.constantFrom(...sorts),
        order,
        limit,
        async (drawn, sort, direction, size) => {
          const clusters = drawn.map((values, index) => ({
            ...values,
            id: `c${index}`,
            name: `c${index}`,
          }));
          const query = { sort, order: direction as 'asc' | 'desc' };
          const whole = clusterPage(
            clusters,
            { ...query, limit: 500 },
            undefined,
          ).rows.map(({ id }) => id);
          expect([...whole].sort()).toEqual(
            clusters.map(({ id }) => id).sort(),
          );
          const { there, back } = await walk<Parameters<typeof clusterPage>[2]>(
            async position => {
              const { rows, hasNext, hasPrevious } = clusterPage(
                clusters,
                { ...query, limit: size },
                position,
              );
              const at = (index: number, way: 'after' | 'before') => ({
                key: clusterKey(rows.at(index)!, sort),
                direction: way,
              });
              return {
                items: rows.map(({ id }) => id),
                next: hasNext ? at(-1, 'after') : undefined,
                previous: hasPrevious ? at(0, 'before') : undefined,
              };
            },
          );
          expect(there).toEqual(whole);
          expect(back).toEqual(whole);
        },
      ),
    );
  });

  it('sorts minors as versions, and what is not known first', () => {
    const of = (id: string, minor?: string): Cluster => ({
      ...fc.sample(cluster, 1)[0],
      id,
      name: id,
      version: minor ? { gitVersion: minor, minor, emulated: false } : null,
    });
    const { rows } = clusterPage(
      [of('a', '1.34'), of('b', '1.9'), of('c'), of('d', '1.10')],
      { sort: 'version', order: 'asc', limit: 10 },
      undefined,
    );
    expect(rows.map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a']);
  });
});
