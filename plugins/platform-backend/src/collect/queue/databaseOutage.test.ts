import { mockServices } from '@backstage/backend-test-utils';
import { postgresAvailability, startPostgres } from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import knexFactory, { type Knex } from 'knex';
import { insertCluster } from '../store/__testUtils__/leases';
import { observed, storedDocs } from '../store/__testUtils__/stores';
import { prepareDatabase } from '../store/prepareDatabase';
import { COLLECTORS, createReplica, until } from './__testUtils__/replica';
import { success } from './__testUtils__/reports';

jest.setTimeout(120_000);

const PAGES = 5;

describeWith(postgresAvailability())(
  'collecting when Postgres goes away',
  () => {
    let postgres: Awaited<ReturnType<typeof startPostgres>>;
    let knex: Knex;

    beforeAll(async () => {
      postgres = await startPostgres();
      const { connectionString } = await postgres.createDatabase();
      knex = knexFactory({
        client: 'pg',
        connection: connectionString,
        // Knex itself tries for a minute before it says that there is nobody.
        acquireConnectionTimeout: 500,
        log: { debug() {}, warn() {}, error() {}, deprecate() {} },
      });
      await prepareDatabase({ knex, logger: mockServices.logger.mock() });
    });

    afterAll(async () => {
      await knex.destroy();
      await postgres.stop();
    });

    it('loses no run and no object, says so once, and recovers by itself', async () => {
      const ids = [];
      for (const name of ['a', 'b', 'c']) {
        ids.push(await insertCluster(knex, name));
      }
      let pagesSent = 0;
      const replica = createReplica({
        knex,
        slots: 4,
        runJob: async ({ lease }) => {
          const writer = await replica.observations.beginList(lease);
          for (let page = 0; page < PAGES; page++) {
            await writer.page([
              observed(`${lease.collector}-${page}-x`),
              observed(`${lease.collector}-${page}-y`),
            ]);
            pagesSent++;
          }
          return {
            ...success(),
            applied: await writer.complete({ resourceVersion: '1' }),
          };
        },
      });
      await replica.jobs.sync();
      replica.loop.start();

      await until(() => pagesSent >= 12);
      await postgres.kill();
      await until(() => replica.outage.active);
      const sentAtOutage = pagesSent;
      await postgres.restart();
      expect(sentAtOutage).toBeLessThan(ids.length * COLLECTORS.length * PAGES);

      const jobCount = ids.length * COLLECTORS.length;
      await until(async () => {
        const [{ runs }] = await knex('collect_runs').count({ runs: '*' });
        return Number(runs) === jobCount;
      }, 60_000);
      await replica.loop.stop();

      expect(
        await knex('collect_runs')
          .whereNot({ outcome: 'success' })
          .select('collector', 'code', 'message'),
      ).toEqual([]);
      for (const clusterId of ids) {
        for (const collector of COLLECTORS) {
          expect(
            Object.keys(await storedDocs(knex, { clusterId, collector })),
          ).toHaveLength(2 * PAGES);
        }
        expect(await replica.coverage.list(clusterId)).toHaveLength(
          COLLECTORS.length,
        );
      }
      expect(replica.logger.error).toHaveBeenCalledTimes(1);
      expect(replica.logger.error).toHaveBeenCalledWith(
        expect.stringContaining('The database is away'),
        expect.anything(),
      );
      expect(replica.logger.info).toHaveBeenCalledWith(
        expect.stringContaining('The database is back'),
      );
    });

    it('can be shut down while the database is away', async () => {
      await knex('collect_jobs').update({ due_at: 0 });
      let began = false;
      const replica = createReplica({
        knex,
        runJob: async ({ lease, signal }) => {
          began = true;
          await new Promise(resolve =>
            signal.addEventListener('abort', resolve),
          );
          const writer = await replica.observations.beginList(lease);
          await writer.complete({ resourceVersion: null });
          return success();
        },
      });
      replica.loop.start();
      await until(() => began);
      await postgres.kill();
      try {
        const stopped = replica.loop.stop();
        await until(() => replica.outage.active);
        replica.closing.abort();
        await stopped;
        expect(replica.loop.state().busy).toBe(0);
        expect(replica.logger.warn).toHaveBeenCalledWith(
          expect.stringContaining('jobs of this replica go on elsewhere'),
        );
      } finally {
        await postgres.restart();
      }
    });
  },
);
