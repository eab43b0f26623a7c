import { storeTestDatabases } from '../store/__testUtils__/databases';
import { insertCluster } from '../store/__testUtils__/leases';
import { readNow } from '../store/dialect';
import { CollectRequests } from './CollectRequests';

jest.setTimeout(60_000);

const databases = storeTestDatabases();
const MINUTE = 60_000;

describe.each(databases.ids)('CollectRequests on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const clusterId = await insertCluster(knex, 'prod');
    const now = await readNow(knex);
    await knex('collect_jobs').insert(
      ['discovery', 'nodes', 'pods'].map(collector => ({
        cluster_id: clusterId,
        collector,
        due_at: now + 5 * MINUTE,
      })),
    );
    return { knex, now, clusterId, requests: new CollectRequests({ knex }) };
  }

  it('makes jobs due, but not one that runs or has just run', async () => {
    const { knex, now, clusterId, requests } = await setUp();
    await knex('collect_coverage').insert([
      { cluster_id: clusterId, collector: 'nodes', attempt_at: now - 1_000 },
      { cluster_id: clusterId, collector: 'pods', attempt_at: now - MINUTE },
    ]);
    await knex('collect_jobs')
      .where({ collector: 'pods' })
      .update({ lease_owner: 'other', lease_until_at: now + MINUTE });
    expect(await requests.request(clusterId)).toEqual({
      accepted: true,
      queued: 1,
      skipped: 2,
    });
    const due = await knex('collect_jobs')
      .where('due_at', '<=', await readNow(knex))
      .pluck('collector');
    expect(due).toEqual(['discovery']);
  });

  it('takes one request a minute, and says when the next one is', async () => {
    const { knex, clusterId, requests } = await setUp();
    const other = await insertCluster(knex, 'stage');
    expect(await requests.request(clusterId)).toMatchObject({ accepted: true });
    const refused = await requests.request(clusterId);
    expect(refused).toEqual({
      accepted: false,
      retryAfterMs: expect.any(Number),
    });
    const { retryAfterMs } = refused as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(MINUTE);
    expect(await requests.request(other)).toMatchObject({ accepted: true });

    await knex('collect_requests').decrement('requested_at', MINUTE);
    expect(await requests.request(clusterId)).toMatchObject({ accepted: true });
  });

  it('takes one of many that come at once', async () => {
    const { clusterId, requests } = await setUp();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => requests.request(clusterId)),
    );
    expect(outcomes.filter(({ accepted }) => accepted)).toHaveLength(1);
  });

  it('tries a cluster at once that did not answer', async () => {
    const { knex, now, clusterId, requests } = await setUp();
    await knex('cluster_breakers').insert({
      cluster_id: clusterId,
      fails: 9,
      open_until_at: now + 10 * MINUTE,
      unreachable_since_at: now - MINUTE,
    });
    await requests.request(clusterId);
    const breaker = await knex('cluster_breakers').first();
    expect(Number(breaker.open_until_at)).toBeLessThan(now + MINUTE);
    expect(breaker).toMatchObject({ fails: 9 });
  });
});
