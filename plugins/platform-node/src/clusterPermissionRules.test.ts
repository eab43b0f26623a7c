import {
  createPlatformClusterConditionalDecision,
  platformClusterConditions,
  platformClusterRules,
  type PlatformClusterResource,
} from './clusterPermissionRules';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';

const { isNamed, hasEnvironment, hasRing, isOwnedBy } = platformClusterRules;

const payProd: PlatformClusterResource = {
  name: 'pay-prod',
  environment: 'prod',
  ring: '3',
  owner: 'group:default/team-pay',
};
const bare: PlatformClusterResource = { name: 'pay-prod' };

describe('the rules on clusters', () => {
  it('let through what has one of the values', () => {
    expect(isNamed.apply(payProd, { names: ['x', 'pay-prod'] })).toBe(true);
    expect(hasEnvironment.apply(payProd, { environments: ['prod'] })).toBe(
      true,
    );
    expect(hasRing.apply(payProd, { rings: ['3'] })).toBe(true);
    expect(
      isOwnedBy.apply(payProd, { owners: ['Group:default/Team-Pay'] }),
    ).toBe(true);
  });

  it('do not let through what has none of them', () => {
    expect(isNamed.apply(payProd, { names: ['pay'] })).toBe(false);
    expect(hasEnvironment.apply(payProd, { environments: ['dev'] })).toBe(
      false,
    );
    expect(hasRing.apply(payProd, { rings: [] })).toBe(false);
    expect(isOwnedBy.apply(payProd, { owners: ['team-pay'] })).toBe(false);
  });

  it('do not let through what is not known', () => {
    expect(hasEnvironment.apply(bare, { environments: ['unknown'] })).toBe(
      false,
    );
    expect(hasRing.apply(bare, { rings: ['undefined'] })).toBe(false);
    expect(isOwnedBy.apply(bare, { owners: ['undefined'] })).toBe(false);
  });

  it('ask of a query what they ask of a cluster', () => {
    expect(isOwnedBy.toQuery({ owners: ['Group:default/A'] })).toEqual({
      attribute: 'owner',
      values: ['group:default/a'],
    });
    expect(hasRing.toQuery({ rings: ['1', '2'] })).toEqual({
      attribute: 'ring',
      values: ['1', '2'],
    });
  });

  it('make the decision of a policy', () => {
    expect(
      createPlatformClusterConditionalDecision(
        platformClusterReadPermission,
        platformClusterConditions.isNamed({ names: ['pay-prod'] }),
      ),
    ).toEqual({
      result: 'CONDITIONAL',
      pluginId: 'platform',
      resourceType: 'platform-cluster',
      conditions: {
        rule: 'IS_NAMED',
        resourceType: 'platform-cluster',
        params: { names: ['pay-prod'] },
      },
    });
  });
});
