import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  platformClusterCollectPermission,
  platformClusterReadPermission,
  platformHealthReadPermission,
} from '@roadbed/backstage-plugin-platform-common';
import { DemoPolicy } from './DemoPolicy';

const decide = (
  permission: Parameters<DemoPolicy['handle']>[0]['permission'],
  teams?: string[],
) =>
  new DemoPolicy().handle(
    { permission },
    teams && ({ info: { ownershipEntityRefs: teams } } as never),
  );

describe('DemoPolicy', () => {
  it.each([
    platformClusterReadPermission,
    platformClusterCollectPermission,
    platformHealthReadPermission,
  ])('lets the platform team do everything ($name)', async permission => {
    await expect(
      decide(permission, ['user:default/guest', 'group:default/team-core']),
    ).resolves.toEqual({ result: AuthorizeResult.ALLOW });
  });

  it('lets a team see what is before production and what is its own', async () => {
    const teams = ['user:default/ida.svensson', 'group:default/team-pay'];
    const { conditions } = (await decide(
      platformClusterReadPermission,
      teams,
    )) as any;
    expect(conditions.anyOf).toEqual([
      expect.objectContaining({ params: { environments: ['dev', 'stage'] } }),
      expect.objectContaining({ params: { owners: teams } }),
    ]);
  });

  it('shows a team the same clusters in the catalog, and all that is no cluster', async () => {
    const { result, pluginId, conditions } = (await decide(
      catalogEntityReadPermission,
      ['group:default/team-pay'],
    )) as any;
    expect([result, pluginId]).toEqual([
      AuthorizeResult.CONDITIONAL,
      'catalog',
    ]);
    expect(conditions.anyOf).toMatchObject([
      { not: { rule: 'HAS_SPEC', params: { value: 'kubernetes-cluster' } } },
      { rule: 'HAS_LABEL', params: { value: 'dev' } },
      { rule: 'HAS_LABEL', params: { value: 'stage' } },
      { rule: 'IS_ENTITY_OWNER' },
    ]);
  });

  it('lets a team collect its own clusters only, and not look into Roadbed', async () => {
    const teams = ['group:default/team-pay'];
    await expect(
      decide(platformClusterCollectPermission, teams),
    ).resolves.toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: { params: { owners: teams } },
    });
    await expect(decide(platformHealthReadPermission, teams)).resolves.toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it('lets a stranger do nothing', async () => {
    await expect(decide(platformClusterReadPermission)).resolves.toEqual({
      result: AuthorizeResult.DENY,
    });
  });
});
