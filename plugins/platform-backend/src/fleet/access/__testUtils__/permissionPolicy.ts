import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PolicyQuery } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  platformHealthReadPermission,
  RESOURCE_TYPE_PLATFORM_CLUSTER,
} from '@roadbed/backstage-plugin-platform-common';
import {
  createPlatformClusterConditionalDecision,
  platformClusterConditions,
} from '@roadbed/backstage-plugin-platform-node';
import { GUEST, MEMBER, TEAM } from './callers';

/** A guest may do nothing, a member see what the team owns and collect one of it. */
function decide(
  permission: PolicyQuery['permission'],
  user: string | undefined,
): PolicyDecision {
  if (user === GUEST) return { result: AuthorizeResult.DENY };
  if (user !== MEMBER) return { result: AuthorizeResult.ALLOW };
  if (isPermission(permission, platformHealthReadPermission)) {
    return { result: AuthorizeResult.DENY };
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_PLATFORM_CLUSTER)) {
    const isOwn = platformClusterConditions.isOwnedBy({ owners: [TEAM] });
    return createPlatformClusterConditionalDecision(
      permission,
      permission.attributes.action === 'read'
        ? { allOf: [isOwn] }
        : {
            allOf: [
              isOwn,
              {
                not: platformClusterConditions.isNamed({
                  names: ['own-alias'],
                }),
              },
            ],
          },
    );
  }
  // What the catalog lets through is up to the catalog below.
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions: {
      rule: 'IS_ENTITY_OWNER',
      resourceType: 'catalog-entity',
      params: { claims: [TEAM] },
    },
  };
}

/** Brings the decisions to the permission backend. */
export const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'test-policy',
  register(env) {
    env.registerInit({
      deps: { policies: policyExtensionPoint },
      async init({ policies }) {
        policies.setPolicy({
          handle: async ({ permission }, user) =>
            decide(permission, user?.info.userEntityRef),
        });
      },
    });
  },
});

/**
 * Tokens on behalf of users say that a plugin asks, as real ones do: the
 * permission backend gives no conditions to users who ask themselves.
 */
export const authWithActors = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }) => {
    const pluginId = plugin.getId();
    const auth = mockServices.auth({ pluginId });
    const issue = auth.getPluginRequestToken.bind(auth);
    auth.getPluginRequestToken = async options =>
      auth.isPrincipal(options.onBehalfOf, 'user')
        ? {
            token: mockCredentials.user.token(
              options.onBehalfOf.principal.userEntityRef,
              { actor: { subject: `plugin:${pluginId}` } },
            ),
          }
        : issue(options);
    return auth;
  },
});
