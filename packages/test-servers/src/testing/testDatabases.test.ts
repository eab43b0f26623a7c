import { testDatabases } from './testDatabases';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('testDatabases on %s', id => {
  it('gives each caller an empty database of its own', async () => {
    const [first, second] = [
      await databases.init(id),
      await databases.init(id),
    ];
    await first.schema.createTable('clusters', table => {
      table.string('name').primary();
    });
    await first('clusters').insert({ name: 'prod' });
    expect(await first('clusters').pluck('name')).toEqual(['prod']);
    expect(await second.schema.hasTable('clusters')).toBe(false);
  });
});

it('has both kinds of store where Postgres can be had', () => {
  expect(databases.eachSupportedId()).toEqual([['SQLITE_3'], ['POSTGRES_18']]);
});
