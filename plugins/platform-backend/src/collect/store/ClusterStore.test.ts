import type { Knex } from 'knex';
import type { ListedCluster } from '../connection/ClusterSource';
import { MAX_IDENTITIES_PER_DAY } from '../bounds';
import { storeTestDatabases } from './__testUtils__/databases';
import { holdLease } from './__testUtils__/leases';
import { createStores, observed, storedDocs } from './__testUtils__/stores';
import { ClusterStore } from './ClusterStore';
import { activeClusters, listState } from './__testUtils__/clusterRows';

jest.setTimeout(60_000);

const databases = storeTestDatabases();
const HOUR = 3_600_000;
const graceMs = 24 * HOUR;

function listed(name: string, values: Partial<ListedCluster> = {}) {
  return {
    name,
    authProvider: 'serviceAccount',
    access: 'direct',
    ...values,
  } satisfies ListedCluster;
}

/** Lets time pass for the clusters that are missing. */
async function passTime(knex: Knex, ms: number) {
  await knex('clusters')
    .whereNotNull('missing_since_at')
    .update({ missing_since_at: knex.raw('missing_since_at - ?', [ms]) });
}

describe.each(databases.ids)('ClusterStore on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const stores = createStores(knex);
    const clusters = new ClusterStore(stores);
    const sync = (names: string[], healthy = true) =>
      clusters.syncList(
        names.map(name => listed(name)),
        { healthy, graceMs, problem: healthy ? undefined : 'a locator failed' },
      );
    const idOf = async (name: string) =>
      (await activeClusters(knex)).find(cluster => cluster.name === name)!.id;
    return { knex, clusters, sync, idOf, ...stores };
  }

  describe('the list', () => {
    it('adds what is new and keeps up with what changes', async () => {
      const { knex, clusters } = await setUp();
      const options = { healthy: true, graceMs };
      await clusters.syncList([listed('a'), listed('b')], options);
      const problem = { code: 'user_token', message: 'm', remedy: 'r' };
      await clusters.syncList(
        [
          listed('a', { title: 'Alpha', access: 'proxy' }),
          listed('b', { access: null, accessProblem: problem }),
        ],
        options,
      );
      expect(await activeClusters(knex)).toMatchObject([
        { name: 'a', title: 'Alpha', access: 'proxy', accessProblem: null },
        { name: 'b', title: null, access: null, accessProblem: problem },
      ]);
    });

    it('collection B7.4: a cluster that leaves the list is given up only after the grace and a second healthy sighting', async () => {
      const { knex, sync } = await setUp();
      await sync(['a', 'b']);
      expect(await sync(['a'])).toMatchObject({ missing: ['b'], removed: [] });
      expect(await activeClusters(knex)).toMatchObject([
        { name: 'a', missingSinceAt: null },
        { name: 'b', missingSinceAt: expect.any(Number) },
      ]);

      await passTime(knex, 23 * HOUR);
      expect(await sync(['a'])).toMatchObject({ missing: [], removed: [] });

      await passTime(knex, 2 * HOUR);
      expect(await sync(['a'], false)).toMatchObject({ removed: [] });
      expect(await activeClusters(knex)).toHaveLength(2);

      expect(await sync(['a'])).toMatchObject({ removed: ['b'] });
      expect(await activeClusters(knex)).toMatchObject([{ name: 'a' }]);
    });

    it('collection B7.4: the first sighting of an absence never removes, however long ago the cluster was listed', async () => {
      const { knex, sync } = await setUp();
      await sync(['a', 'b']);
      await knex('clusters').update({ last_listed_at: 1 });
      await sync([]);
      expect(await activeClusters(knex)).toHaveLength(2);
    });

    it('collection B7.4: an unhealthy list does not start the grace period', async () => {
      const { knex, sync } = await setUp();
      await sync(['a', 'b']);
      expect(await sync([], false)).toMatchObject({ missing: [] });
      expect(await activeClusters(knex)).toMatchObject([
        { missingSinceAt: null },
        { missingSinceAt: null },
      ]);
      expect(await listState(knex)).toMatchObject({
        error: 'a locator failed',
      });
    });

    it('collection B7.4: a list that fails removes nothing and is on record until one succeeds', async () => {
      const { knex, clusters, sync } = await setUp();
      await sync(['a']);
      const { syncedAt } = await listState(knex);
      await clusters.listFailed('no answer from the kubernetes plugin');
      expect(await listState(knex)).toEqual({
        syncedAt,
        error: 'no answer from the kubernetes plugin',
      });
      expect(await activeClusters(knex)).toMatchObject([
        { name: 'a', missingSinceAt: null },
      ]);
      await sync(['a']);
      expect(await listState(knex)).toMatchObject({ error: null });
    });

    it('takes a cluster that comes back for the one it was', async () => {
      const { knex, clusters, sync, idOf } = await setUp();
      await sync(['a', 'b']);
      const b = await idOf('b');
      await sync(['a']);
      await sync(['a', 'b']);
      expect(await clusters.get(b)).toMatchObject({ missingSinceAt: null });

      await sync(['a']);
      await passTime(knex, 25 * HOUR);
      await sync(['a']);
      expect(await sync(['a', 'b'])).toMatchObject({ returned: ['b'] });
      expect(await idOf('b')).toBe(b);
    });
  });

  describe('identities', () => {
    it('collection B7.5: binds a row once, and confirms it from then on', async () => {
      const { clusters, sync, idOf } = await setUp();
      await sync(['a']);
      const a = await idOf('a');
      expect(await clusters.bindIdentity(a, 'uid-1')).toEqual({
        outcome: 'bound',
        clusterId: a,
      });
      expect(await clusters.bindIdentity(a, 'uid-1')).toEqual({
        outcome: 'same',
        clusterId: a,
      });
      expect(await clusters.get(a)).toMatchObject({
        uid: 'uid-1',
        verifiedAt: expect.any(Number),
      });
    });

    it('collection B7.5: a name that leads to another cluster goes on in another row, and back again', async () => {
      const { knex, clusters, sync, idOf, observations } = await setUp();
      await sync(['a']);
      const first = await idOf('a');
      await clusters.bindIdentity(first, 'uid-1');
      const lease = await holdLease(knex, { clusterId: first });
      const writer = await observations.beginList(lease);
      await writer.page([observed('x')]);

      const moved = await clusters.bindIdentity(first, 'uid-2');
      expect(moved.outcome).toBe('replaced');
      expect(moved.clusterId).not.toBe(first);
      expect(await activeClusters(knex)).toMatchObject([
        { id: moved.clusterId, name: 'a', uid: 'uid-2', access: 'direct' },
      ]);
      // Whoever still writes what the old name led to is fenced off.
      await expect(writer.page([observed('y')])).rejects.toThrow(
        'was taken over',
      );
      expect(await storedDocs(knex, { clusterId: first })).toEqual({
        x: { value: 1 },
      });
      expect(await storedDocs(knex, { clusterId: moved.clusterId })).toEqual(
        {},
      );
      // The list knows names only; it must not bring the old row back.
      await sync(['a']);
      expect(await idOf('a')).toBe(moved.clusterId);

      expect(await clusters.bindIdentity(moved.clusterId, 'uid-1')).toEqual({
        outcome: 'replaced',
        clusterId: first,
      });
      expect(await idOf('a')).toBe(first);
      expect(await clusters.get(first)).toMatchObject({ replacedAt: null });
      expect(await clusters.bindIdentity(first, 'uid-2')).toEqual({
        outcome: 'replaced',
        clusterId: moved.clusterId,
      });
    });

    it('follows a name to a number of clusters a day, and back to each of them', async () => {
      const { knex, clusters, sync, idOf } = await setUp();
      await sync(['a']);
      const first = await idOf('a');
      await clusters.bindIdentity(first, 'uid-0');
      for (let index = 1; index < MAX_IDENTITIES_PER_DAY; index++) {
        await expect(
          clusters.bindIdentity(await idOf('a'), `uid-${index}`),
        ).resolves.toMatchObject({ outcome: 'replaced' });
      }
      const last = await idOf('a');
      await expect(
        clusters.bindIdentity(last, 'uid-too-many'),
      ).resolves.toEqual({ outcome: 'unsettled', clusterId: last });
      expect(await idOf('a')).toBe(last);
      await expect(clusters.bindIdentity(last, 'uid-0')).resolves.toEqual({
        outcome: 'replaced',
        clusterId: first,
      });
      // A day later the name may lead elsewhere again.
      await knex('clusters').update({ first_seen_at: 1 });
      await expect(
        clusters.bindIdentity(first, 'uid-new'),
      ).resolves.toMatchObject({ outcome: 'replaced' });
    });

    it('collection B7.5: says so when the row was replaced by somebody else', async () => {
      const { clusters, sync, idOf } = await setUp();
      await sync(['a']);
      const a = await idOf('a');
      await clusters.bindIdentity(a, 'uid-1');
      await clusters.bindIdentity(a, 'uid-2');
      expect(await clusters.bindIdentity(a, 'uid-1')).toEqual({
        outcome: 'gone',
        clusterId: a,
      });
    });

    it('collection B7.5: a second name of a cluster is its duplicate', async () => {
      const { clusters, sync, idOf } = await setUp();
      await sync(['a', 'b']);
      const [a, b] = [await idOf('a'), await idOf('b')];
      await clusters.bindIdentity(a, 'uid-1');
      const duplicate = { outcome: 'duplicate', clusterId: b, of: a };
      expect(await clusters.bindIdentity(b, 'uid-1')).toEqual(duplicate);
      expect(await clusters.bindIdentity(b, 'uid-1')).toEqual(duplicate);
      expect(await clusters.bindIdentity(a, 'uid-1')).toMatchObject({
        outcome: 'same',
      });
      // It stops being one as soon as it leads elsewhere.
      expect(await clusters.bindIdentity(b, 'uid-2')).toMatchObject({
        outcome: 'replaced',
      });
    });

    it('collection B7.5: a renamed cluster is collected under its new name, once', async () => {
      const { knex, clusters, sync, idOf } = await setUp();
      await sync(['old']);
      const old = await idOf('old');
      await clusters.bindIdentity(old, 'uid-1');
      await sync(['new']);
      const renamed = await idOf('new');
      expect(await clusters.bindIdentity(renamed, 'uid-1')).toEqual({
        outcome: 'bound',
        clusterId: renamed,
      });
      expect(await clusters.get(old)).toMatchObject({ duplicateOf: renamed });

      await sync(['old', 'new']);
      expect(await clusters.bindIdentity(old, 'uid-1')).toMatchObject({
        outcome: 'duplicate',
        of: renamed,
      });

      await sync(['old']);
      await passTime(knex, 25 * HOUR);
      expect(await sync(['old'])).toMatchObject({ removed: ['new'] });
      expect(await clusters.get(old)).toMatchObject({ duplicateOf: null });
      expect(await sync(['old', 'new'])).toMatchObject({ returned: ['new'] });
      expect(await clusters.get(renamed)).toMatchObject({ duplicateOf: old });
    });

    it('collection B7.5: replicas that bind two names at once agree on one', async () => {
      const { knex, clusters, sync, idOf } = await setUp();
      await sync(['a', 'b']);
      const [a, b] = [await idOf('a'), await idOf('b')];
      const other = new ClusterStore(
        createStores(id === 'SQLITE_3' ? knex : databases.secondPool(knex)),
      );
      const outcomes = await Promise.all([
        clusters.bindIdentity(a, 'uid-1'),
        other.bindIdentity(b, 'uid-1'),
      ]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
        'bound',
        'duplicate',
      ]);
    });
  });
});
