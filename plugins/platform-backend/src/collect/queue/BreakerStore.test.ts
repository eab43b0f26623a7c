import { storeTestDatabases } from '../store/__testUtils__/databases';
import { insertCluster } from '../store/__testUtils__/leases';
import { readNow } from '../store/dialect';
import { BreakerStore } from './BreakerStore';

jest.setTimeout(60_000);

const databases = storeTestDatabases();
const MINUTE = 60_000;

describe.each(databases.ids)('BreakerStore on %s', id => {
  async function setUp(random = 1) {
    const knex = await databases.create(id);
    const clusterId = await insertCluster(knex, 'prod');
    const breakers = new BreakerStore({ threshold: 3, random: () => random });
    const now = await readNow(knex);
    await knex('collect_jobs').insert(
      ['discovery', 'nodes', 'pods'].map(collector => ({
        cluster_id: clusterId,
        collector,
        due_at: now + 10 * MINUTE,
      })),
    );
    const unreached = (collector = 'nodes', startedAt = 5) =>
      knex.transaction(tx =>
        breakers.unreached(tx, {
          clusterId,
          collector,
          startedAt,
          code: 'connect_timeout',
          message: 'no answer',
        }),
      );
    const reached = () =>
      knex.transaction(tx => breakers.reached(tx, clusterId));
    const row = async () => {
      const found = await knex('cluster_breakers').first();
      return {
        ...found,
        openForMs: found.open_until_at && Number(found.open_until_at) - now,
      };
    };
    const dueInMs = async (collector: string) => {
      const job = await knex('collect_jobs').where({ collector }).first();
      return Number(job.due_at) - (await readNow(knex));
    };
    return { knex, breakers, now, unreached, reached, row, dueInMs };
  }

  it('opens after three attempts without an answer in a row', async () => {
    const { unreached, reached, row, dueInMs } = await setUp();
    expect(await unreached('nodes', 5)).toBeUndefined();
    expect(await unreached('pods', 6)).toBeUndefined();
    expect(await row()).toMatchObject({ fails: 2, open_until_at: null });
    await reached();
    expect(await row()).toMatchObject({ fails: 0, unreachable_since_at: null });

    await unreached('nodes', 7);
    await unreached('nodes', 8);
    expect(await unreached('nodes', 9)).toBe('opened');
    const open = await row();
    expect(Number(open.unreachable_since_at)).toBe(7);
    expect(open).toMatchObject({
      last_error_code: 'connect_timeout',
      last_error_message: 'no answer',
    });
    expect(open.openForMs).toBeGreaterThanOrEqual(30_000);
    expect(open.openForMs).toBeLessThan(35_000);
    // The probe comes when the breaker allows it, not at its next cadence.
    expect(await dueInMs('discovery')).toBeLessThanOrEqual(30_000);
    expect(await dueInMs('nodes')).toBeGreaterThan(9 * MINUTE);
  });

  it('grows its pause with every failed probe, up to a quarter of an hour', async () => {
    const { unreached, row } = await setUp();
    for (const _ of [1, 2, 3]) {
      await unreached();
    }
    await unreached('discovery');
    expect((await row()).openForMs).toBeGreaterThanOrEqual(60_000);
    expect((await row()).openForMs).toBeLessThan(65_000);
    for (let probe = 0; probe < 12; probe++) {
      expect(await unreached('discovery')).toBeUndefined();
    }
    expect((await row()).openForMs).toBeGreaterThanOrEqual(15 * MINUTE);
    expect((await row()).openForMs).toBeLessThan(15 * MINUTE + 10_000);
    expect(Number((await row()).unreachable_since_at)).toBe(5);
  });

  it('learns nothing from runs that were under way when it opened', async () => {
    const { unreached, row } = await setUp();
    for (const _ of [1, 2, 3]) {
      await unreached();
    }
    const before = await row();
    expect(await unreached('pods')).toBeUndefined();
    expect(await row()).toEqual(before);
  });

  it('closes at the first answer and brings the waiting jobs back, spread out', async () => {
    const { knex, breakers, unreached, reached, row, dueInMs } = await setUp();
    for (const _ of [1, 2, 3]) {
      await unreached();
    }
    expect(await breakers.countOpen(knex)).toBe(1);
    expect(await reached()).toBe('closed');
    expect(await breakers.countOpen(knex)).toBe(0);
    expect(await row()).toMatchObject({
      fails: 0,
      open_until_at: null,
      unreachable_since_at: null,
      last_success_at: expect.anything(),
    });
    for (const collector of ['nodes', 'pods']) {
      expect(await dueInMs(collector)).toBeLessThanOrEqual(15_000);
    }
    expect(await reached()).toBeUndefined();
  });

  it('lets what was due already wait from then on when it closes', async () => {
    const { knex, now, unreached, reached, dueInMs } = await setUp();
    await knex('collect_jobs')
      .where({ collector: 'pods' })
      .update({ due_at: 3 });
    for (const _ of [1, 2, 3]) {
      await unreached();
    }
    await reached();
    const pods = await knex('collect_jobs')
      .where({ collector: 'pods' })
      .first();
    expect(Number(pods.due_at)).toBeGreaterThanOrEqual(now);
    expect(await dueInMs('pods')).toBeLessThanOrEqual(0);
  });
});
