import { mockServices } from '@backstage/backend-test-utils';
import { postgresAvailability, startPostgres } from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import knexFactory, { type Knex } from 'knex';
import request from 'supertest';
import {
  eventually,
  lendingOf,
  startPlatform,
} from '../__testUtils__/startPlatform';

jest.setTimeout(120_000);

describeWith(postgresAvailability())('the API when Postgres goes away', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let knex: Knex;
  let platform: Awaited<ReturnType<typeof startPlatform>>;

  beforeAll(async () => {
    postgres = await startPostgres();
    const { connectionString } = await postgres.createDatabase();
    knex = knexFactory({
      client: 'pg',
      connection: connectionString,
      // Knex itself tries for a minute before it says that there is nobody.
      acquireConnectionTimeout: 500,
      log: mockServices.logger.mock(),
    });
    platform = await startPlatform({ knex, features: [lendingOf([])] });
  });

  afterAll(async () => {
    await platform.stop();
    await knex.destroy();
    await postgres.stop();
  });

  const status = async (path: string) =>
    (await request(platform.server).get(`/api/platform/${path}`)).status;

  it('says so, shows no statement, and works again by itself', async () => {
    expect(await status('health')).toBe(200);
    expect(await status('health/ready')).toBe(200);
    await postgres.kill();
    expect(await status('health/live')).toBe(200);
    const ready = await eventually(
      () => request(platform.server).get('/api/platform/health/ready'),
      answer => answer.status === 503,
    );
    expect(ready.body.error.message).toBe(
      'Not ready; /health says why to those who may read it',
    );
    for (const path of ['health', 'fleet/summary', 'fleet/workloads?q=cart']) {
      const { status: code, body } = await request(platform.server).get(
        `/api/platform/${path}`,
      );
      expect([path, code]).toEqual([path, 503]);
      expect(body.error).toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(
          /^The database of the platform plugin does not answer/,
        ),
      });
      expect(JSON.stringify(body)).not.toMatch(/select|fleet_workloads/);
    }
    // What needs no database goes on.
    expect(await status('openapi.json')).toBe(200);
    await postgres.restart();
    await eventually(
      () => status('fleet/summary'),
      code => code === 200,
    );
    await eventually(
      () => status('health/ready'),
      code => code === 200,
    );
  });
});
