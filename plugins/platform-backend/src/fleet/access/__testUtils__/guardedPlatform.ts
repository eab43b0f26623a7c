import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import permissionBackend from '@backstage/plugin-permission-backend';
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
import {
  deployment,
  namespace,
  node,
  startSimulatedCluster,
  type KubernetesObject,
} from '@roadbed/fleet-simulator';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  detailsOf,
  eventually,
  lendingOf,
  startPlatform,
} from '../../../__testUtils__/startPlatform';

/** Who calls. */
export type CallerName = 'nobody' | 'guest' | 'member' | 'engineer' | 'service';

const GUEST = 'user:default/guest';
const MEMBER = 'user:default/member';
const TEAM = 'group:default/team-a';

/** The headers of each caller. */
export const CALLERS: Readonly<Record<CallerName, string>> = {
  nobody: mockCredentials.none.header(),
  guest: mockCredentials.user.header(GUEST),
  member: mockCredentials.user.header(MEMBER),
  engineer: mockCredentials.user.header('user:default/engineer'),
  service: mockCredentials.service.header(),
};

/** What may not be met by a member, anywhere. */
export const HIDDEN: readonly string[] = ['hidden', 'ghost', 'crypt', 'team-b'];

/** Names of the clusters that a member may see. */
export const VISIBLE: readonly string[] = ['own-alias', 'own-prod'];

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

const policy = createBackendModule({
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
const authWithActors = createServiceFactory({
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

const component = (name: string, owner: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': name },
  },
  spec: { type: 'service', owner },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

const group = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
});

/** A member may not read the entities of others either. */
const catalog = createServiceFactory({
  service: catalogServiceRef,
  deps: {},
  factory: () => {
    const ownEntities = [component('cart', TEAM), group('team-a')];
    const own = catalogServiceMock({ entities: ownEntities });
    const whole = catalogServiceMock({
      entities: [
        ...ownEntities,
        component('ghost', 'group:default/team-b'),
        group('team-b'),
      ],
    });
    const asSeenBy = (method: keyof typeof whole) => [
      method,
      (...args: any[]) => {
        const { principal } = args[args.length - 1].credentials;
        const seen = principal.userEntityRef === MEMBER ? own : whole;
        return (seen[method] as any)(...args);
      },
    ];
    return Object.fromEntries(
      (['getEntitiesByRefs', 'streamEntities'] as const).map(asSeenBy),
    );
  },
});

/** An event of the audit log. */
export interface AuditEvent {
  eventId: string;
  status: 'initiated' | 'succeeded' | 'failed';
  path?: string;
  meta?: object;
  error?: string;
}

function recordingAuditor(events: AuditEvent[]) {
  return createServiceFactory({
    service: coreServices.auditor,
    deps: {},
    factory: () => ({
      async createEvent(options: AuditorServiceCreateEventOptions) {
        const { eventId, meta } = options;
        const path = options.request?.originalUrl.split('?')[0];
        const record = (status: AuditEvent['status'], more: object = {}) =>
          events.push({ eventId, status, path, ...more });
        record('initiated', { meta });
        return {
          success: async (result?: { meta?: object }) => {
            record('succeeded', { meta: { ...meta, ...result?.meta } });
          },
          fail: async ({ error }: { error: Error }) => {
            record('failed', { error: error.name });
          },
        };
      },
    }),
  });
}

/**
 * The whole backend with the permission backend and a policy, over a fleet of
 * which a member sees two names out of five:
 *
 * - `own-prod`, which `hidden-alias` is another name of
 * - `own-alias`, which is another name of `hidden-prod`
 * - `hidden-dead`, which does not answer and is listed twice
 */
export async function startGuardedPlatform(knex: Knex) {
  const cleanUps: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  const simulate = async (name: string, objects: KubernetesObject[]) => {
    const cluster = await startSimulatedCluster({ name, objects });
    cleanUps.push(() => cluster.stop());
    return cluster;
  };
  const objectsOf = (service: string, space: string, host: string) => [
    namespace({ name: space }),
    node({ name: host }),
    deployment({
      name: service,
      namespace: space,
      labels: { 'backstage.io/kubernetes-id': service },
    }),
    deployment({ name: `${service}-stray`, namespace: space }),
  ];
  const own = await simulate('own-prod', objectsOf('cart', 'shop', 'node-1'));
  const hidden = await simulate(
    'hidden-prod',
    objectsOf('ghost', 'crypt', 'hidden-node'),
  );
  const dead = detailsOf(own, {
    name: 'hidden-dead',
    url: 'https://127.0.0.1:1',
  });
  let list = [detailsOf(own), detailsOf(hidden), dead, dead];

  const events: AuditEvent[] = [];
  const settings = (name: string, owner: string) => ({
    name,
    environment: name,
    owner,
  });
  const platform = await startPlatform({
    knex,
    features: [
      lendingOf(() => list),
      catalog,
      authWithActors,
      recordingAuditor(events),
      permissionsServiceFactory,
      permissionBackend,
      policy,
    ],
    config: { permission: { enabled: true } },
    platform: {
      fleet: {
        clusters: [
          settings('own-prod', TEAM),
          settings('own-alias', TEAM),
          settings('hidden-prod', 'group:default/team-b'),
          settings('hidden-alias', 'group:default/team-b'),
          settings('hidden-dead', 'group:default/team-b'),
        ],
      },
    },
  });
  cleanUps.push(platform.stop);

  const call = (
    caller: CallerName,
    path: string,
    options: { method?: 'get' | 'post'; query?: object; plugin?: string } = {},
  ) => {
    const { method = 'get', query = {}, plugin = 'platform' } = options;
    return request(platform.server)
      [method](`/api/${plugin}${path}`)
      .query(query)
      .set('Authorization', CALLERS[caller]);
  };

  const stateOf = async (name: string) =>
    (await call('engineer', `/fleet/clusters/${name}`)).body.state;
  try {
    await eventually(
      async () => (await call('engineer', '/fleet/workloads')).body,
      ({ items }) =>
        items?.length === 4 &&
        items.filter((item: any) => item.ownership === 'owned').length === 2,
    );
    // Only now, so that it is known which name is the first.
    list = [
      ...list,
      detailsOf(own, { name: 'hidden-alias' }),
      detailsOf(hidden, { name: 'own-alias' }),
    ];
    await platform.readList();
    await eventually(
      () => Promise.all(['hidden-alias', 'own-alias'].map(stateOf)),
      states => states.every(state => state === 'duplicate'),
    );
    await eventually(
      () => stateOf('hidden-dead'),
      state => state === 'unreachable',
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { call, events, stop };
}
