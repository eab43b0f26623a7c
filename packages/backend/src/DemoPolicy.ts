import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  platformClusterCollectPermission,
  platformClusterReadPermission,
  platformHealthReadPermission,
} from '@roadbed/backstage-plugin-platform-common';
import {
  createPlatformClusterConditionalDecision,
  platformClusterConditions,
} from '@roadbed/backstage-plugin-platform-node';

const BEFORE_PRODUCTION = ['dev', 'stage'] as const;
const CLUSTER_TYPE = 'kubernetes-cluster';
const PLATFORM_TEAM = 'group:default/team-core';

/**
 * Who sees what in the demonstration: the platform team everything; a member
 * of another team the clusters before production and those of the own team,
 * in the catalog, too; only the latter may be collected on request.
 */
export class DemoPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return { result: AuthorizeResult.DENY };
    const { ownershipEntityRefs } = user.info;
    if (ownershipEntityRefs.includes(PLATFORM_TEAM)) {
      return { result: AuthorizeResult.ALLOW };
    }
    const isOwn = platformClusterConditions.isOwnedBy({
      owners: ownershipEntityRefs,
    });
    if (isPermission(permission, platformClusterReadPermission)) {
      return createPlatformClusterConditionalDecision(permission, {
        anyOf: [
          platformClusterConditions.hasEnvironment({
            environments: [...BEFORE_PRODUCTION],
          }),
          isOwn,
        ],
      });
    }
    // The catalog has resources of the same clusters.
    if (isPermission(permission, catalogEntityReadPermission)) {
      return createCatalogConditionalDecision(permission, {
        anyOf: [
          {
            not: catalogConditions.hasSpec({
              key: 'type',
              value: CLUSTER_TYPE,
            }),
          },
          ...BEFORE_PRODUCTION.map(environment =>
            catalogConditions.hasLabel({
              label: 'roadbed.dev/environment',
              value: environment,
            }),
          ),
          catalogConditions.isEntityOwner({ claims: ownershipEntityRefs }),
        ],
      });
    }
    if (isPermission(permission, platformClusterCollectPermission)) {
      return createPlatformClusterConditionalDecision(permission, isOwn);
    }
    if (isPermission(permission, platformHealthReadPermission)) {
      return { result: AuthorizeResult.DENY };
    }
    return { result: AuthorizeResult.ALLOW };
  }
}
