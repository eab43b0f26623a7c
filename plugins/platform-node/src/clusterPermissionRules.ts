import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_PLATFORM_CLUSTER } from '@roadbed/backstage-plugin-platform-common';
import { z } from 'zod';

/**
 * A cluster as permission rules see it: what it is called and its effective
 * attributes. An attribute that is not known is absent.
 *
 * @public
 */
export interface PlatformClusterResource {
  name: string;
  environment?: string;
  ring?: string;
  /** Entity reference in lower case. */
  owner?: string;
}

/**
 * A term of a query on clusters: an attribute has one of some values.
 *
 * @public
 */
export interface PlatformClusterCriterion {
  attribute: keyof PlatformClusterResource;
  values: string[];
}

/** The clusters of the platform plugin in conditional decisions. @public */
export const platformClusterPermissionResourceRef = createPermissionResourceRef<
  PlatformClusterResource,
  PlatformClusterCriterion
>().with({
  pluginId: 'platform',
  resourceType: RESOURCE_TYPE_PLATFORM_CLUSTER,
});

/** Names, environments and the like; no rule needs more of them than a user has groups. */
const values = (description: string) =>
  z.array(z.string().min(1)).max(1_000).describe(description);

const isOneOf = (value: string | undefined, wanted: string[]) =>
  value !== undefined && wanted.includes(value);

const isNamed = createPermissionRule({
  name: 'IS_NAMED',
  description: 'The cluster has one of these names',
  resourceRef: platformClusterPermissionResourceRef,
  paramsSchema: z.object({
    names: values('Names in the configuration of the Kubernetes plugin'),
  }),
  apply: (cluster, { names }) => isOneOf(cluster.name, names),
  toQuery: ({ names }) => ({ attribute: 'name', values: names }),
});

const hasEnvironment = createPermissionRule({
  name: 'HAS_ENVIRONMENT',
  description: 'The cluster belongs to one of these environments',
  resourceRef: platformClusterPermissionResourceRef,
  paramsSchema: z.object({
    environments: values('Environments, such as dev, stage and prod'),
  }),
  apply: (cluster, { environments }) =>
    isOneOf(cluster.environment, environments),
  toQuery: ({ environments }) => ({
    attribute: 'environment',
    values: environments,
  }),
});

const hasRing = createPermissionRule({
  name: 'HAS_RING',
  description: 'Changes reach the cluster in one of these rings',
  resourceRef: platformClusterPermissionResourceRef,
  paramsSchema: z.object({ rings: values('Rings, such as 1 and 2') }),
  apply: (cluster, { rings }) => isOneOf(cluster.ring, rings),
  toQuery: ({ rings }) => ({ attribute: 'ring', values: rings }),
});

const isOwnedBy = createPermissionRule({
  name: 'IS_OWNED_BY',
  description: 'The cluster is owned by one of these groups or users',
  resourceRef: platformClusterPermissionResourceRef,
  paramsSchema: z.object({
    owners: values('Entity references, such as those a user has claims to'),
  }),
  apply: (cluster, { owners }) => isOneOf(cluster.owner, lowerCased(owners)),
  toQuery: ({ owners }) => ({
    attribute: 'owner',
    values: lowerCased(owners),
  }),
});

function lowerCased(refs: string[]): string[] {
  return refs.map(ref => ref.toLowerCase());
}

/** The rules that conditions on clusters are made of. @public */
export const platformClusterRules = {
  isNamed,
  hasEnvironment,
  hasRing,
  isOwnedBy,
};

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: platformClusterPermissionResourceRef,
  rules: platformClusterRules,
});

/**
 * Conditions for a permission policy.
 *
 * @example
 * ```ts
 * platformClusterConditions.hasEnvironment({ environments: ['dev', 'stage'] })
 * ```
 *
 * @public
 */
export const platformClusterConditions = conditions;

/**
 * The answer of a permission policy that lets a caller at some clusters only.
 *
 * @example
 * ```ts
 * if (isPermission(permission, platformClusterReadPermission)) {
 *   return createPlatformClusterConditionalDecision(
 *     permission,
 *     platformClusterConditions.isOwnedBy({ owners: user.info.ownershipEntityRefs }),
 *   );
 * }
 * ```
 *
 * @public
 */
export const createPlatformClusterConditionalDecision =
  createConditionalDecision;
