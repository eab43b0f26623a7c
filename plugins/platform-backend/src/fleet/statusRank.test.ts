import {
  WORKLOAD_STATUSES_WORST_FIRST,
  workloadStatusSchema,
} from '@roadbed/backstage-plugin-platform-common';
import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import { migrationsDirectory } from '../collect/store/prepareDatabase';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('The rank of a status on %s', id => {
  it('is that of rows from before it was stored, too', async () => {
    const knex = await databases.createEmpty(id);
    await knex.migrate.up({ directory: migrationsDirectory });
    while (!(await knex.schema.hasTable('fleet_workloads'))) {
      await knex.migrate.up({ directory: migrationsDirectory });
    }
    await knex('fleet_workloads').insert(
      workloadStatusSchema.options.map(status => ({
        cluster_id: 1,
        key: status,
        kind: 'Deployment',
        namespace: 'shop',
        name: status,
        status,
        images: '[]',
        image_text: '',
      })),
    );
    await knex.migrate.latest({ directory: migrationsDirectory });
    const rows = await knex('fleet_workloads')
      .orderBy('status_rank')
      .select('status', 'status_rank');
    expect(rows.map(({ status }) => status)).toEqual(
      WORKLOAD_STATUSES_WORST_FIRST,
    );
    expect(rows.map(row => row.status_rank)).toEqual(
      WORKLOAD_STATUSES_WORST_FIRST.map((_, rank) => rank),
    );
  });
});
