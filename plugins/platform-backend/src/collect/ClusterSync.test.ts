import { ServiceUnavailableError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import { RecordedCollectMetrics } from './__testUtils__/RecordedCollectMetrics';
import { ClusterSync } from './ClusterSync';
import type { ClusterListing } from './connection/ClusterSource';
import { JobStore } from './queue/JobStore';
import { storeTestDatabases } from './store/__testUtils__/databases';
import { createStores } from './store/__testUtils__/stores';
import { ClusterStore } from './store/ClusterStore';
import { activeClusters, listState } from './store/__testUtils__/clusterRows';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

const cluster = (name: string): ClusterListing['clusters'][number] => ({
  name,
  authProvider: 'serviceAccount',
  access: 'direct',
});

describe.each(databases.ids)('ClusterSync on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const { database } = createStores(knex);
    const clusters = new ClusterStore({ database });
    const logger = mockServices.logger.mock();
    const metrics = new RecordedCollectMetrics();
    let listing: ClusterListing | Error = { clusters: [], problems: [] };
    const sync = new ClusterSync({
      logger,
      metrics,
      clusters,
      jobs: new JobStore({ database, collectors: ['discovery', 'nodes'] }),
      graceMs: 0,
      source: {
        listClusters: async () => {
          if (listing instanceof Error) {
            throw listing;
          }
          return listing;
        },
      },
    });
    return {
      knex,
      logger,
      metrics,
      sync: async (next: ClusterListing | Error) => {
        listing = next;
        await sync.sync();
      },
      names: async () => (await activeClusters(knex)).map(({ name }) => name),
      jobs: async () =>
        Number((await knex('collect_jobs').count({ jobs: '*' }))[0].jobs),
    };
  }

  it('makes clusters and their jobs, and ends both when they are gone', async () => {
    const { sync, names, jobs, logger } = await setUp();
    await sync({ clusters: [cluster('a'), cluster('b')], problems: [] });
    expect(await names()).toEqual(['a', 'b']);
    expect(await jobs()).toBe(4);
    expect(logger.info).toHaveBeenCalledWith('List of clusters: added a, b');

    await sync({ clusters: [cluster('a')], problems: [] });
    expect(await jobs()).toBe(4);
    await sync({ clusters: [cluster('a')], problems: [] });
    expect(await names()).toEqual(['a']);
    expect(await jobs()).toBe(2);
  });

  it('collection B7.4: an error of the list empties nothing, is on record, and is logged once', async () => {
    const { knex, sync, names, jobs, logger, metrics } = await setUp();
    await sync({ clusters: [cluster('a')], problems: [] });
    for (const _ of [1, 2, 3]) {
      await sync(new ServiceUnavailableError('kubernetes plugin is down'));
    }
    expect(await names()).toEqual(['a']);
    expect(await jobs()).toBe(2);
    expect(await listState(knex)).toMatchObject({
      error: 'kubernetes plugin is down',
      syncedAt: expect.any(Number),
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(metrics.listReads).toEqual(['success', 'error', 'error', 'error']);

    await sync({ clusters: [cluster('a')], problems: [] });
    expect(await listState(knex)).toMatchObject({ error: null });
    expect(logger.info).toHaveBeenCalledWith(
      'The list of clusters can be read again',
    );
  });

  it('collection B7.4: believes absences only of a list without doubts', async () => {
    const { knex, sync, names, metrics } = await setUp();
    const problem = (code: string) => ({ code, message: code, remedy: '' });
    await sync({ clusters: [cluster('a'), cluster('b')], problems: [] });
    for (const _ of [1, 2, 3]) {
      await sync({
        clusters: [cluster('a')],
        problems: [problem('locator_failed')],
      });
    }
    expect(await names()).toEqual(['a', 'b']);
    expect(metrics.listReads.at(-1)).toBe('partial');
    expect(await listState(knex)).toMatchObject({
      error: 'locator_failed',
    });
    for (const _ of [1, 2]) {
      await sync({
        clusters: [cluster('a')],
        problems: [problem('duplicate_name')],
      });
    }
    expect(await names()).toEqual(['a']);
    expect(await listState(knex)).toMatchObject({
      error: 'duplicate_name',
    });
  });
});
