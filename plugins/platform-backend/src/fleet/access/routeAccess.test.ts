import {
  coreServices,
  createServiceFactory,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  platformClusterReadPermission,
  platformHealthReadPermission,
  platformRoutes,
  type ApiRoute,
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
} from '@roadbed/fleet-simulator';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  detailsOf,
  eventually,
  lendingOf,
  startPlatform,
} from '../../__testUtils__/startPlatform';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

type CallerName = 'nobody' | 'guest' | 'member' | 'engineer' | 'service';

const GUEST = 'user:default/guest';
const MEMBER = 'user:default/member';
const ENGINEER = 'user:default/engineer';
const TEAM = 'group:default/team-a';

const HEADERS: Record<CallerName, string> = {
  nobody: mockCredentials.none.header(),
  guest: mockCredentials.user.header(GUEST),
  member: mockCredentials.user.header(MEMBER),
  engineer: mockCredentials.user.header(ENGINEER),
  service: mockCredentials.service.header(),
};

/** A guest may do nothing, a member see and collect what the team owns. */
function decide(
  permission: { name: string },
  credentials: BackstageCredentials,
): PolicyDecision {
  const { userEntityRef } = credentials.principal as { userEntityRef?: string };
  if (userEntityRef === GUEST) return { result: AuthorizeResult.DENY };
  if (userEntityRef !== MEMBER) return { result: AuthorizeResult.ALLOW };
  if (permission.name === platformHealthReadPermission.name) {
    return { result: AuthorizeResult.DENY };
  }
  return createPlatformClusterConditionalDecision(
    { ...platformClusterReadPermission, name: permission.name },
    platformClusterConditions.isOwnedBy({ owners: [TEAM] }),
  );
}

const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () => {
    const answer = async (
      queries: Array<{ permission: { name: string } }>,
      { credentials }: { credentials: BackstageCredentials },
    ) => queries.map(({ permission }) => decide(permission, credentials));
    return { authorize: answer, authorizeConditional: answer } as never;
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

/** A member may not read the entities of others either. */
const catalog = createServiceFactory({
  service: catalogServiceRef,
  deps: {},
  factory: () => {
    const all = [
      component('cart', TEAM),
      component('ghost', 'group:default/b'),
    ];
    const whole = catalogServiceMock({ entities: all });
    const own = catalogServiceMock({ entities: [all[0]] });
    const asSeenBy = (method: keyof typeof whole) => [
      method,
      (...args: any[]) => {
        const { principal } = args[args.length - 1].credentials;
        const isMember = principal.userEntityRef === MEMBER;
        return ((isMember ? own : whole)[method] as any)(...args);
      },
    ];
    return Object.fromEntries(
      (
        [
          'getEntities',
          'getEntitiesByRefs',
          'getEntityByRef',
          'queryEntities',
          'streamEntities',
        ] as const
      ).map(asSeenBy),
    );
  },
});

/** What may not be met by a member, anywhere. */
const HIDDEN = ['hidden-prod', 'ghost', 'crypt', 'hidden-node', 'team-b'];

/** What each caller gets; a path where `:id` and the like are filled in. */
interface Expectation {
  path: string;
  query?: object;
  guest: number;
  member: number;
  engineer: number;
  service: number;
}

const reading = (path: string, query?: object): Expectation => ({
  path,
  query,
  guest: 403,
  member: 200,
  engineer: 200,
  service: 200,
});

const TABLE: Record<string, Expectation> = {
  getFleetSummary: reading('/fleet/summary'),
  listClusters: reading('/fleet/clusters'),
  exportClusters: reading('/fleet/clusters.csv'),
  getClusterFacets: reading('/fleet/facets/clusters'),
  getCluster: reading('/fleet/clusters/own-prod'),
  // The first of them is taken, the others come too soon.
  collectCluster: {
    ...reading('/fleet/clusters/own-prod/collect'),
    member: 202,
    engineer: 429,
    service: 429,
  },
  listWorkloads: reading('/fleet/workloads'),
  exportWorkloads: reading('/fleet/workloads.csv'),
  getWorkloadFacets: reading('/fleet/facets/workloads'),
  listUnownedWorkloads: reading('/fleet/unowned'),
  exportUnownedWorkloads: reading('/fleet/unowned.csv'),
  getUnownedFacets: reading('/fleet/facets/unowned'),
  listEntityWorkloads: reading('/fleet/by-entity/component/default/cart'),
  exportEntityWorkloads: reading(
    '/fleet/by-entity/component/default/cart/workloads.csv',
  ),
  listEntityClusters: reading('/fleet/entity-clusters'),
  listCollections: reading('/fleet/collections'),
  exportCollections: reading('/fleet/collections.csv'),
  getHealth: { ...reading('/health'), member: 403 },
};

describe.each(databases.ids)('who may call what, on %s', id => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  let knex: Knex;
  const cleanUps: Array<() => Promise<unknown>> = [];

  beforeAll(async () => {
    knex = await databases.createEmpty(id);
    const simulate = async (name: string, service: string, space: string) => {
      const cluster = await startSimulatedCluster({
        name,
        objects: [
          namespace({ name: space }),
          node({ name: `${name.split('-')[0]}-node` }),
          deployment({
            name: service,
            namespace: space,
            labels: { 'backstage.io/kubernetes-id': service },
          }),
          deployment({ name: `${service}-stray`, namespace: space }),
        ],
      });
      cleanUps.push(() => cluster.stop());
      return cluster;
    };
    const own = await simulate('own-prod', 'cart', 'shop');
    const hidden = await simulate('hidden-prod', 'ghost', 'crypt');
    platform = await startPlatform({
      knex,
      features: [
        lendingOf([detailsOf(own), detailsOf(hidden)]),
        permissions,
        catalog,
      ],
      platform: {
        fleet: {
          clusters: [
            { name: 'own-prod', environment: 'prod', owner: TEAM },
            {
              name: 'hidden-prod',
              environment: 'prod',
              owner: 'group:default/team-b',
            },
          ],
        },
      },
    });
    cleanUps.push(platform.stop);
    await eventually(
      async () => (await call('engineer', '/fleet/workloads')).body,
      ({ items }) =>
        items?.length === 4 &&
        items.filter((item: any) => item.ownership === 'owned').length === 2,
    );
  });

  afterAll(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  });

  const call = (
    caller: CallerName,
    path: string,
    options: { method?: 'get' | 'post'; query?: object } = {},
  ) => {
    const { method = 'get', query = {} } = options;
    const started = request(platform.server)
      [method](`/api/platform${path}`)
      .query(query);
    return started.set('Authorization', HEADERS[caller]);
  };

  const callRoute = (caller: CallerName, route: ApiRoute) => {
    const { path, query } = TABLE[route.operationId];
    return call(caller, path, { method: route.method, query });
  };

  it('has a row for every route', () => {
    expect(Object.keys(TABLE)).toEqual(
      platformRoutes.map(({ operationId }) => operationId),
    );
  });

  it.each(platformRoutes.map(route => [route.operationId, route] as const))(
    'answers %s as it should',
    async (operationId, route) => {
      const expected = TABLE[operationId];
      const statuses: Partial<Record<CallerName, number>> = {};
      for (const caller of Object.keys(HEADERS) as CallerName[]) {
        const { status, body } = await callRoute(caller, route);
        statuses[caller] = status;
        if (status === 403) {
          expect(body.error.message).toContain(
            route.permissions.find(name => name.startsWith('platform.')),
          );
        }
      }
      expect(statuses).toEqual({
        nobody: 401,
        guest: expected.guest,
        member: expected.member,
        engineer: expected.engineer,
        service: expected.service,
      });
    },
  );

  it('lets everybody who is signed in read what the routes are', async () => {
    for (const caller of ['guest', 'member', 'engineer', 'service'] as const) {
      expect((await call(caller, '/openapi.json')).status).toBe(200);
    }
    expect((await call('nobody', '/openapi.json')).status).toBe(401);
  });

  it('shows an engineer what a member does not see', async () => {
    const seen = new Set<string>();
    for (const route of platformRoutes) {
      const { text, status } = await callRoute('engineer', route);
      if (status === 200)
        HIDDEN.forEach(word => text.includes(word) && seen.add(word));
    }
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['crypt', 'ghost', 'hidden-prod', 'team-b']),
    );
  });

  it('leaves no trace of what a member may not see', async () => {
    for (const route of platformRoutes) {
      const { text, headers } = await callRoute('member', route);
      const answer = `${text} ${JSON.stringify(headers)} ${decoded(text)}`;
      for (const word of HIDDEN) {
        expect([route.operationId, word, answer.includes(word)]).toEqual([
          route.operationId,
          word,
          false,
        ]);
      }
    }
  });

  it('counts, lists and pages what a member sees and nothing else', async () => {
    const get = async (path: string, query?: object) =>
      (await call('member', path, { query })).body;
    expect((await get('/fleet/summary')).clusters.total).toBe(1);
    const clusters = await get('/fleet/clusters');
    expect(clusters.items.map((item: any) => item.name)).toEqual(['own-prod']);
    expect((await get('/fleet/facets/clusters')).totalItems).toBe(1);
    const workloads = await get('/fleet/workloads', { limit: 1 });
    expect(workloads.totalItems).toBe(2);
    const second = await get('/fleet/workloads', {
      limit: 1,
      cursor: workloads.pageInfo.nextCursor,
    });
    expect(second.pageInfo.nextCursor).toBeUndefined();
    expect((await get('/fleet/facets/workloads')).totalItems).toBe(2);
    expect((await get('/fleet/unowned')).totalItems).toBe(1);
    expect((await get('/fleet/collections', { limit: 500 })).totalItems).toBe(
      (await get('/fleet/collections', { limit: 500 })).items.filter(
        (item: any) => item.cluster.startsWith('own'),
      ).length,
    );
  });

  it('answers for a hidden cluster as for one that is not there', async () => {
    for (const path of [
      '/fleet/clusters/NAME',
      '/fleet/clusters/NAME/collect',
    ]) {
      const [hidden, absent] = await Promise.all(
        ['hidden-prod', 'nowhere-at-all'].map(async name => {
          const method = path.endsWith('collect') ? 'post' : 'get';
          const { status, body } = await call(
            'member',
            path.replace('NAME', name),
            { method },
          );
          return JSON.parse(
            JSON.stringify({ status, body }).replaceAll(name, 'NAME'),
          );
        }),
      );
      expect(hidden.status).toBe(404);
      expect(hidden).toEqual(absent);
    }
    const { body } = await call('member', '/fleet/workloads', {
      query: { cluster: 'hidden-prod' },
    });
    expect(body).toMatchObject({ items: [], totalItems: 0 });
  });

  it('answers for a hidden entity as for one that is not there', async () => {
    const [hidden, absent] = await Promise.all(
      ['ghost', 'nobodys-service'].map(async name => {
        const { status, body } = await call(
          'member',
          `/fleet/by-entity/component/default/${name}`,
        );
        return JSON.parse(
          JSON.stringify({ status, body }).replaceAll(name, 'NAME'),
        );
      }),
    );
    expect(hidden.status).toBe(404);
    expect(hidden).toEqual(absent);
  });

  it('shows a member nothing more through the cursor of somebody else', async () => {
    const query = { limit: 1, sort: 'cluster' };
    const { body } = await call('engineer', '/fleet/workloads', { query });
    const page = await call('member', '/fleet/workloads', {
      query: { ...query, cursor: body.pageInfo.nextCursor },
    });
    expect(page.status).toBe(200);
    for (const word of HIDDEN) expect(page.text).not.toContain(word);
  });
});

/** What the cursors in an answer hold. */
function decoded(text: string): string {
  return [...text.matchAll(/Cursor":"([\w-]+)\./g)]
    .map(([, payload]) => Buffer.from(payload, 'base64url').toString('utf8'))
    .join(' ');
}
