import { postgresAvailability } from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import { LeaseLostError } from '../lease';
import { storeTestDatabases } from './__testUtils__/databases';
import { holdLease, insertCluster } from './__testUtils__/leases';
import { createStores, observed, storedDocs } from './__testUtils__/stores';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

describeWith(postgresAvailability())(
  'a process that stands still in a transaction',
  () => {
    it('keeps nobody waiting, and writes nothing when it goes on', async () => {
      const knex = await databases.create('POSTGRES_18');
      const clusterId = await insertCluster(knex, 'prod');
      let stand = () => {};
      let goOn = () => {};
      const standing = new Promise<void>(resolve => (stand = resolve));
      const goingOn = new Promise<void>(resolve => (goOn = resolve));
      const paused = createStores(
        databases.secondPool(knex),
        [
          {
            async onChange() {
              stand();
              await goingOn;
            },
          },
        ],
        { idleTransactionMs: 500 },
      );
      const lease = await holdLease(knex, { clusterId });
      const writer = await paused.observations.beginList(lease);
      const page = writer.page([observed('a', 'old')]);
      await standing;

      const successor = createStores(knex);
      const newer = await holdLease(knex, { clusterId, owner: 'replica-2' });
      const list = await successor.observations.beginList(newer);
      await list.page([observed('a', 'new')]);
      await list.complete({ resourceVersion: '8' });

      goOn();
      await expect(page).rejects.toThrow(LeaseLostError);
      expect(await storedDocs(knex, { clusterId })).toEqual({
        a: { value: 'new' },
      });
    });
  },
);
