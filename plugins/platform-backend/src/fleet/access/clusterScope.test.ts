import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  platformClusterConditions,
  platformClusterRules,
  type PlatformClusterCriterion,
  type PlatformClusterResource,
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

const { isNamed, hasEnvironment, hasRing, isOwnedBy } =
  platformClusterConditions;

const condition = fc.oneof(
  fc.subarray(['c0', 'c1', 'c2', 'c3']).map(names => isNamed({ names })),
  fc
    .subarray(ENVIRONMENTS)
    .map(environments => hasEnvironment({ environments })),
  fc.subarray(RINGS).map(rings => hasRing({ rings })),
  fc
    .subarray(['Group:default/A', ...OWNERS])
    .map(owners => isOwnedBy({ owners })),
);

type Conditions = PermissionCriteria<PermissionCondition>;

const { conditions } = fc.letrec<{
  conditions: Conditions;
  group: Conditions[];
}>(tie => ({
  conditions: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({ anyOf: tie('group') }) as fc.Arbitrary<Conditions>,
    fc.record({ allOf: tie('group') }) as fc.Arbitrary<Conditions>,
    fc.record({ not: tie('conditions') }) as fc.Arbitrary<Conditions>,
  ),
  // Empty groups can not be typed, but they can be sent.
  group: fc.array(tie('conditions'), { maxLength: 3 }),
}));

/** The rules as the permission system knows them. */
const ruleset: PermissionRuleset<
  PlatformClusterResource,
  PlatformClusterCriterion
> = {
  getRuleByName(name) {
    const rule = Object.values(platformClusterRules).find(
      candidate => candidate.name === name,
    );
    if (!rule) throw new Error(`There is no rule ${name}`);
    return rule;
  },
};
const toCriteria = createConditionTransformer(ruleset);
const decide = createConditionAuthorizer(ruleset);

/** What the same conditions mean for one cluster, as the permission backend asks it. */
function passes(cluster: PlatformClusterResource, node: Conditions): boolean {
  return decide(
    {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'platform',
      resourceType: 'platform-cluster',
      conditions: node,
    },
    cluster,
  );
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
        fc.array(conditions, { minLength: 1, maxLength: 8 }),
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
            expect(await visible(knex, toCriteria(tree))).toEqual(
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
