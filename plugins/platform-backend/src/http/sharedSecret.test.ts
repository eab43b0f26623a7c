import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import { sharedSecret } from './sharedSecret';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('sharedSecret on %s', id => {
  it('is one for all replicas, and another for each purpose', async () => {
    const knex = await databases.create(id);
    const secrets = await Promise.all(
      Array.from({ length: 5 }, () => sharedSecret(knex, 'cursors')),
    );
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toHaveLength(43);
    expect(await sharedSecret(knex, 'other')).not.toBe(secrets[0]);
  });
});
