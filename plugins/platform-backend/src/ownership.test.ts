import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type SchedulerServiceTaskFunction,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  deployment,
  namespace,
  startSimulatedCluster,
} from '@roadbed/fleet-simulator';
import knexFactory, { type Knex } from 'knex';
import request from 'supertest';
import { storeTestDatabases } from './collect/store/__testUtils__/databases';
import { platformPlugin } from './plugin';
import {
  detailsOf,
  eventually,
  lendingOf,
} from './__testUtils__/startPlatform';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

/** Registers entities as a location would, and changes them. */
function entitySource() {
  let connection: EntityProviderConnection;
  const module = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-entities',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => 'test',
            connect: async given => {
              connection = given;
            },
          });
        },
      });
    },
  });
  return {
    module,
    set: (...entities: Entity[]) =>
      connection.applyMutation({
        type: 'full',
        entities: entities.map(entity => ({ entity, locationKey: 'test' })),
      }),
  };
}

const entity = (
  kind: string,
  name: string,
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': 'url:http://test/x',
      'backstage.io/managed-by-origin-location': 'url:http://test/x',
      ...annotations,
    },
  },
  spec:
    kind === 'Group'
      ? { type: 'team', children: [] }
      : { type: 'service', lifecycle: 'production', owner: 'team-cart' },
});

describe.each(databases.ids)('owners out of the real catalog on %s', id => {
  it('follow an entity that is added, changed, renamed and deleted', async () => {
    const platformKnex = await databases.createEmpty(id);
    const catalogKnex: Knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    const cluster = await startSimulatedCluster({
      name: 'prod',
      objects: [
        namespace({ name: 'shop' }),
        deployment({ name: 'cart', namespace: 'shop', replicas: 1 }),
        deployment({ name: 'search', namespace: 'shop', replicas: 1 }),
      ],
    });
    const source = entitySource();
    const tasks = new Map<string, SchedulerServiceTaskFunction>();
    const scheduler = mockServices.scheduler.mock({
      scheduleTask: async task => {
        tasks.set(task.id, task.fn);
      },
    });
    const backend = await startTestBackend({
      features: [
        platformPlugin,
        catalogPlugin,
        source.module,
        lendingOf([detailsOf(cluster)]),
        scheduler.factory,
        mockServices.rootConfig.factory({
          data: {
            catalog: { processingInterval: { seconds: 1 } },
            platform: {
              collect: { cadence: { deployments: '500ms' } },
            },
          },
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: { plugin: coreServices.pluginMetadata },
          factory: ({ plugin }) => ({
            getClient: async () =>
              plugin.getId() === 'platform' ? platformKnex : catalogKnex,
          }),
        }),
      ],
    });
    try {
      const get = (path: string) =>
        request(backend.server).get(`/api/platform/fleet/${path}`);
      // Reads the catalog as the schedule would, only more often.
      const refresh = async () =>
        tasks.get('platform-catalog-refresh')?.(new AbortController().signal);
      const workloads = async () => {
        await refresh();
        return (await get('workloads')).body.items.map((item: any) => ({
          name: item.name,
          ownership: item.ownership,
          owners: item.owners.map((owner: any) => [
            owner.entityRef,
            owner.ownerRef,
          ]),
        }));
      };
      const owned = (ref: string) => async () =>
        (await workloads()).find(({ name }: any) => name === 'cart')
          ?.owners[0]?.[0] === ref;
      await eventually(
        workloads,
        found =>
          found.length === 2 &&
          found.every(({ ownership }: any) => ownership === 'unowned'),
      );

      const cart = entity('Component', 'cart', {
        'backstage.io/kubernetes-label-selector': 'app=cart',
        'backstage.io/kubernetes-namespace': 'shop',
      });
      const team = entity('Group', 'team-cart');
      await source.set(cart, team);
      expect(
        await eventually(
          workloads,
          found => found[0]?.owners[0]?.[1] === 'group:default/team-cart',
        ),
      ).toEqual([
        {
          name: 'cart',
          ownership: 'owned',
          owners: [['component:default/cart', 'group:default/team-cart']],
        },
        { name: 'search', ownership: 'unowned', owners: [] },
      ]);
      const page = await get('by-entity/component/default/cart');
      expect(page.body).toMatchObject({
        totals: { clusters: 1, workloads: 1 },
        items: [{ name: 'cart' }],
      });
      expect(
        (await get('by-entity/group/default/team-cart')).body,
      ).toMatchObject({
        match: { through: 'owner' },
        totals: { workloads: 1 },
      });

      // Changed: it selects nothing any more.
      await source.set(
        entity('Component', 'cart', {
          'backstage.io/kubernetes-label-selector': 'app=other',
        }),
        team,
      );
      await eventually(workloads, found => found[0].ownership === 'unowned');

      // Renamed, while its page is open.
      await source.set(
        { ...cart, metadata: { ...cart.metadata, name: 'basket' } },
        team,
      );
      await eventually(owned('component:default/basket'), Boolean);
      const gone = await get('by-entity/component/default/cart');
      expect(gone.status).toBe(404);
      expect(gone.body.error.message).toContain('component:default/cart');

      // Deleted.
      await source.set(team);
      await eventually(workloads, found => found[0].ownership === 'unowned');
      expect((await get('by-entity/component/default/basket')).status).toBe(
        404,
      );
    } finally {
      await backend.stop();
      await cluster.stop();
      await catalogKnex.destroy();
    }
  });
});
