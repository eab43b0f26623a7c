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

const PLATFORM_TEAM = 'group:default/team-core';

/**
 * Who sees what in the demonstration: the platform team everything; a member
 * of another team the clusters before production and those of the own team,
 * of which only the latter may be collected on request.
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
            environments: ['dev', 'stage'],
          }),
          isOwn,
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
