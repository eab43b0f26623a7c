import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  PlatformClusterCriterion,
  PlatformClusterResource,
} from '@roadbed/backstage-plugin-platform-node';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import { insertCluster } from '../../collect/store/__testUtils__/leases';
import { clusterResources } from './clusterResources';
import { clusterScope } from './clusterScope';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

type Criteria = PermissionCriteria<PlatformClusterCriterion>;

const ENVIRONMENTS = ['dev', 'stage', 'prod'];
const RINGS = ['1', '2'];
const OWNERS = ['group:default/a', "group:default/o'brien"];

const resource = fc.record(
  {
    environment: fc.constantFrom(...ENVIRONMENTS),
    ring: fc.constantFrom(...RINGS),
    owner: fc.constantFrom(...OWNERS),
  },
  { requiredKeys: [] },
);

const criterion = fc.oneof(
  fc.record({
    attribute: fc.constant('environment' as const),
    values: fc.subarray(ENVIRONMENTS),
  }),
  fc.record({
    attribute: fc.constant('ring' as const),
    values: fc.subarray(RINGS),
  }),
  fc.record({
    attribute: fc.constant('owner' as const),
    values: fc.subarray(OWNERS),
  }),
  fc.record({
    attribute: fc.constant('name' as const),
    values: fc.subarray(['c0', 'c1', 'c2', 'c3']),
  }),
);

const { criteria } = fc.letrec<{ criteria: Criteria; group: Criteria[] }>(
  tie => ({
    criteria: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      criterion,
      fc.record({ anyOf: tie('group') }) as fc.Arbitrary<Criteria>,
      fc.record({ allOf: tie('group') }) as fc.Arbitrary<Criteria>,
      fc.record({ not: tie('criteria') }) as fc.Arbitrary<Criteria>,
    ),
    // Empty groups can not be typed, but they can be sent.
    group: fc.array(tie('criteria'), { maxLength: 3 }),
  }),
);

/** What the same conditions mean for one cluster. */
function passes(cluster: PlatformClusterResource, node: Criteria): boolean {
  if ('anyOf' in node) return node.anyOf.some(inner => passes(cluster, inner));
  if ('allOf' in node) return node.allOf.every(inner => passes(cluster, inner));
  if ('not' in node) return !passes(cluster, node.not);
  const value = cluster[node.attribute];
  return value !== undefined && node.values.includes(value);
}

async function visible(knex: Knex, node: Criteria): Promise<string[]> {
  const query = knex('clusters as c').orderBy('c.name').select('c.name');
  clusterScope(node).narrow(query, 'c.id');
  return (await query).map(({ name }) => name);
}

async function addCluster(
  knex: Knex,
  name: string,
  attributes: Partial<PlatformClusterResource>,
) {
  const id = await insertCluster(knex, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    await knex('fleet_cluster_attributes').insert({
      cluster_id: id,
      attribute,
      value,
      origin: 'config',
    });
  }
}

describe.each(databases.ids)('clusterScope on %s', id => {
  it('lets through what the conditions let through', async () => {
    const knex = await databases.create(id);
    await fc.assert(
      fc.asyncProperty(
        fc.array(resource, { minLength: 1, maxLength: 4 }),
        fc.array(criteria, { minLength: 1, maxLength: 8 }),
        async (resources, trees) => {
          await knex('fleet_cluster_attributes').delete();
          await knex('clusters').delete();
          const clusters = resources.map((attributes, index) => ({
            ...attributes,
            name: `c${index}`,
          }));
          for (const cluster of clusters) {
            await addCluster(knex, cluster.name, cluster);
          }
          for (const tree of trees) {
            expect(await visible(knex, tree)).toEqual(
              clusters
                .filter(cluster => passes(cluster, tree))
                .map(({ name }) => name),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lets nothing through whose attributes are not resolved yet', async () => {
    const knex = await databases.create(id);
    await addCluster(knex, 'new', {});
    const isProd = { attribute: 'environment', values: ['prod'] } as const;
    for (const tree of [
      { not: { ...isProd, values: ['prod'] } },
      { allOf: [] },
      { not: { anyOf: [] } },
    ] as unknown as Criteria[]) {
      expect(await visible(knex, tree)).toEqual([]);
    }
    expect(await clusterResources(knex, ['new'])).toEqual([undefined]);
  });

  it('takes values as values', async () => {
    const knex = await databases.create(id);
    await addCluster(knex, 'a', { name: 'a', environment: 'prod' });
    expect(
      await visible(knex, {
        attribute: 'environment',
        values: [`x') or 1=1 --`],
      }),
    ).toEqual([]);
  });

  it('finds single clusters by name, in the order they are asked for', async () => {
    const knex = await databases.create(id);
    await addCluster(knex, 'a', { name: 'a', ring: '1' });
    await addCluster(knex, 'b', { name: 'b', environment: 'prod' });
    expect(await clusterResources(knex, ['b', 'nowhere', 'a'])).toEqual([
      { name: 'b', environment: 'prod' },
      undefined,
      { name: 'a', ring: '1' },
    ]);
  });
});
