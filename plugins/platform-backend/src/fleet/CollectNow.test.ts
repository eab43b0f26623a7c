import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import { insertCluster } from '../collect/store/__testUtils__/leases';
import { CollectRequests } from '../collect/queue/CollectRequests';
import { ALL_CLUSTERS, type ClusterScope } from './access/Caller';
import { CollectNow } from './CollectNow';
import { FleetStore } from './FleetStore';
import { ANYBODY } from './__testUtils__/fleetFixture';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

const NOTHING: ClusterScope = { narrow: query => query.whereRaw('1 = 0') };

describe.each(databases.ids)('CollectNow on %s', id => {
  async function setUp(values: object = {}) {
    const knex = await databases.create(id);
    await insertCluster(knex, 'other');
    const clusterId = await insertCluster(knex, 'prod', values);
    await knex('collect_jobs').insert({
      cluster_id: clusterId,
      collector: 'nodes',
      due_at: Date.now() + 600_000,
    });
    const scopes = { read: ALL_CLUSTERS, collect: ALL_CLUSTERS };
    const collectNow = new CollectNow({
      fleet: new FleetStore({ knex }),
      requests: new CollectRequests({ knex }),
      callers: { clusterScope: async () => scopes.collect },
    });
    return {
      knex,
      scopes,
      collect: (name = 'prod') =>
        collectNow.collect({
          name,
          caller: { ...ANYBODY, clusters: scopes.read },
          credentials: mockCredentials.user(),
        }),
      requests: async () => knex('collect_requests').pluck('cluster_id'),
    };
  }

  it('makes the jobs of a cluster due, and says how many', async () => {
    const { collect } = await setUp();
    expect(await collect()).toEqual({ cluster: 'prod', queued: 1, skipped: 0 });
    await expect(collect()).rejects.toMatchObject({
      name: 'TooManyRequestsError',
      statusCode: 429,
      message: expect.stringMatching(
        /^Cluster "prod" was asked for less than a minute ago; ask again in \d+ seconds$/,
      ),
    });
  });

  it('answers the same for what is hidden and what is not there', async () => {
    const { collect, scopes, requests } = await setUp();
    scopes.read = NOTHING;
    for (const name of ['prod', 'nowhere']) {
      await expect(collect(name)).rejects.toMatchObject({
        name: 'NotFoundError',
        message: expect.stringMatching(
          `^There is no cluster "${name}" in the fleet; `,
        ),
      });
    }
    expect(await requests()).toEqual([]);
  });

  it('refuses who may see it but not collect it, by the name of the permission', async () => {
    const { collect, scopes, requests } = await setUp();
    scopes.collect = NOTHING;
    await expect(collect()).rejects.toThrow(NotAllowedError);
    await expect(collect()).rejects.toThrow(/platform\.cluster\.collect/);
    expect(await requests()).toEqual([]);
  });

  it.each([
    [
      'can not be reached with its credentials',
      {
        access_problem: JSON.stringify({
          code: 'user_token',
          message: 'it needs the token of a user',
          remedy: 'use a service account',
        }),
      },
      /can not be collected: it needs the token of a user/,
    ],
    ['is a second name', { duplicate_of: 1 }, /is a second name of a cluster/],
    [
      'has left the list',
      { missing_since_at: 1 },
      /is not in the cluster list of the Kubernetes plugin any more/,
    ],
  ])(
    'says why a cluster that %s is not collected',
    async (_, values, message) => {
      const { collect, requests } = await setUp(values);
      await expect(collect()).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(message),
      });
      expect(await requests()).toEqual([]);
    },
  );
});
