import { createMockDirectory } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import knexFactory, { type Knex } from 'knex';
import { cluster, StubPlatform } from './__testUtils__/StubPlatform';
import {
  eventually,
  related,
  startCatalog,
} from './__testUtils__/startCatalog';

jest.setTimeout(60_000);

const SHOP = 'resource:default/shop-prod-eu';
const CART = 'component:default/cart';

const component = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-cart' },
});

/** Of another type when it says in an annotation which cluster it is about. */
const resource = (name: string, annotations?: object) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, description: 'Written by hand', annotations },
  spec: {
    type: annotations ? 'eks' : 'kubernetes-cluster',
    owner: 'platform',
  },
});

const yaml = (...entities: object[]) =>
  entities.map(entity => JSON.stringify(entity)).join('\n---\n');

const isThere = (entity?: Entity) => entity !== undefined;
const isGone = (entity?: Entity) => entity === undefined;

describe('the clusters in the catalog', () => {
  const files = createMockDirectory();
  let knex: Knex;
  let platform: StubPlatform;
  let catalog: Awaited<ReturnType<typeof startCatalog>>;

  beforeEach(() => {
    files.setContent({
      'catalog.yaml': yaml(component('cart'), component('pay')),
    });
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    platform = new StubPlatform();
    platform.clusters = ['data-stage', 'edge-prod', 'shop-prod-eu'].map(name =>
      cluster(name),
    );
    platform.running = [
      [CART, 'shop-prod-eu'],
      [CART, 'edge-prod'],
      ['component:default/pay', 'shop-prod-eu'],
    ];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await catalog.stop();
    await knex.destroy();
  });

  const start = async (provider?: object) => {
    catalog = await startCatalog({ knex, platform, files, provider });
  };

  const restart = async (provider?: object) => {
    await catalog.stop();
    await start(provider);
  };

  const runsOn = async (ref: string) =>
    related(await catalog.entity(ref), 'dependsOn');

  /** References of all resources there are. */
  const resources = () => catalog.refs('Resource');

  /** With the first relations in place. */
  const startRelated = async (provider?: object) => {
    await start(provider);
    await catalog.cycle();
    await catalog.until(CART, cart => related(cart, 'dependsOn').length === 2);
  };

  it('are resources with what is known about them', async () => {
    const known = (value: string) => ({ value, origin: 'config' as const });
    platform.clusters = [
      cluster('shop-prod-eu', {
        title: 'Shop, production',
        version: { gitVersion: 'v1.34.4', minor: '1.34', emulated: false },
        attributes: {
          environment: known('prod'),
          ring: known('1'),
          provider: known('EKS'),
          region: known('somewhere (east)'),
          owner: known('group:default/team-shop'),
        },
      }),
    ];
    await start();
    await catalog.cycle();
    const { metadata, spec } = (await catalog.until(SHOP, isThere))!;
    expect(metadata).toMatchObject({
      title: 'Shop, production',
      annotations: {
        'roadbed.dev/cluster': 'shop-prod-eu',
        'roadbed.dev/provided': 'true',
        'backstage.io/managed-by-location': 'platform:clusters',
        'backstage.io/managed-by-origin-location': 'platform:clusters',
        'backstage.io/view-url':
          'https://portal.example/platform/fleet/clusters/shop-prod-eu',
      },
      tags: ['eks', 'prod'],
    });
    // A region that is no valid label is left out.
    expect(metadata.labels).toEqual({
      'roadbed.dev/environment': 'prod',
      'roadbed.dev/ring': '1',
      'roadbed.dev/provider': 'EKS',
      'roadbed.dev/kubernetes-minor': '1.34',
    });
    expect(spec).toMatchObject({
      type: 'kubernetes-cluster',
      owner: 'group:default/team-shop',
    });
  });

  it('are related to what runs on them, both ways', async () => {
    await startRelated();
    expect(await runsOn(CART)).toEqual(['resource:default/edge-prod', SHOP]);
    const shop = await catalog.until(
      SHOP,
      found => related(found, 'dependencyOf').length === 2,
    );
    expect(related(shop, 'dependencyOf')).toEqual([
      CART,
      'component:default/pay',
    ]);
    expect(shop?.spec?.owner).toBe('unknown');
    platform.running = [[CART, 'edge-prod']];
    await catalog.cycle();
    await catalog.until(CART, cart => related(cart, 'dependsOn').length === 1);
  });

  it('are one resource, whatever names lead to them', async () => {
    platform.clusters.push(
      cluster('shop-alias', { state: 'duplicate' }),
      cluster('legacy', { state: 'not_collectable' }),
    );
    await start();
    await catalog.cycle();
    await catalog.until('resource:default/legacy', isThere);
    expect(await catalog.entity('resource:default/shop-alias')).toBeUndefined();
    expect(catalog.logs.join('\n')).toContain('1 second names left out');
  });

  it('get names that a catalog accepts', async () => {
    platform.clusters = [
      cluster('arn:aws:eks:eu-west-1:123:cluster/shop'),
      cluster('Prod'),
      cluster('prod'),
    ];
    await start();
    await catalog.cycle();
    const arn = await catalog.until(
      'resource:default/arn-aws-eks-eu-west-1-123-cluster-shop',
      isThere,
    );
    expect(arn?.metadata.title).toBe('arn:aws:eks:eu-west-1:123:cluster/shop');
    const prod = await catalog.until('resource:default/prod', isThere);
    // In the order of characters, "P" comes before "p".
    expect(prod?.metadata.annotations).toMatchObject({
      'roadbed.dev/cluster': 'Prod',
    });
    expect(catalog.logs.join('\n')).toMatch(/prod as prod-[0-9a-f]{8}/);
  });

  describe('stay as they are', () => {
    it.each([
      [
        'Roadbed is down',
        () => platform.goDown(),
        /left as they are.*ServiceUnavailable|503/s,
      ],
      [
        'Roadbed fails',
        () => {
          platform.fail = () => {
            throw new Error('boom');
          };
        },
        /500/,
      ],
      [
        'the second half of the list does not come',
        () => {
          platform.fail = (path, cursor) => {
            if (path === '/fleet/clusters' && cursor) throw new Error('boom');
          };
        },
        /500/,
      ],
      [
        'the list changes while it is read',
        () => {
          platform.fail = (path, cursor) => {
            if (path === '/fleet/clusters' && cursor) {
              platform.clusters = [cluster('a'), ...platform.clusters];
            }
          };
        },
        /changed while it was read/,
      ],
      [
        'Roadbed has lost its database and knows no clusters yet',
        () => {
          platform.clusters = [];
          platform.running = [];
          platform.clusterListAsOf = null;
        },
        /has not read the portal's cluster list/,
      ],
    ])('when %s', async (_, breakIt, message) => {
      await startRelated({ removalGrace: '1ms' });
      breakIt();
      await expect(catalog.cycle()).rejects.toThrow(message);
      await expect(catalog.cycle()).rejects.toThrow(
        /The clusters in the catalog are left as they are/,
      );
      expect(await runsOn(CART)).toEqual(['resource:default/edge-prod', SHOP]);
      expect(
        (await catalog.entity(SHOP))?.metadata.annotations,
      ).not.toHaveProperty(['roadbed.dev/missing-since']);
    });

    it.each([
      [
        'the catalog was never read by Roadbed',
        () => {
          platform.running = [];
          platform.catalogIndexAsOf = null;
        },
      ],
      [
        'half of what runs there does not come',
        () => {
          platform.fail = (path, cursor) => {
            if (path === '/fleet/entity-clusters' && cursor) {
              throw new Error('boom');
            }
          };
        },
      ],
      [
        'a cluster is collected for the first time again',
        () => {
          platform.running = [];
          platform.clusters = platform.clusters.map(listed => ({
            ...listed,
            state: 'collecting',
          }));
        },
      ],
      [
        'nothing is known about the workloads of a cluster',
        () => {
          platform.running = [];
          platform.clusters = platform.clusters.map(listed => ({
            ...listed,
            workloads: null,
          }));
        },
      ],
    ])('with their relations when %s', async (_, breakIt) => {
      await startRelated();
      breakIt();
      platform.clusters[0] = { ...platform.clusters[0], title: 'Renamed' };
      await catalog.cycle();
      await catalog.until(
        'resource:default/data-stage',
        found => found?.metadata.title === 'Renamed',
      );
      expect(await runsOn(CART)).toEqual(['resource:default/edge-prod', SHOP]);
    });
  });

  describe('that Roadbed no longer lists', () => {
    const lose = (name: string) => {
      platform.clusters = platform.clusters.filter(
        listed => listed.name !== name,
      );
      platform.running = platform.running.filter(([, on]) => on !== name);
    };
    const missingSince = (entity?: Entity) =>
      entity?.metadata.annotations?.['roadbed.dev/missing-since'];

    it('go after the grace and not before', async () => {
      await startRelated();
      lose('edge-prod');
      await catalog.cycle();
      const since = missingSince(
        await catalog.until('resource:default/edge-prod', found =>
          Boolean(missingSince(found)),
        ),
      );
      await catalog.cycle();
      expect(await runsOn(CART)).toEqual(['resource:default/edge-prod', SHOP]);
      expect(
        missingSince(await catalog.entity('resource:default/edge-prod')),
      ).toBe(since);
      const inADay = Date.now() + 86_400_000;
      jest.spyOn(Date, 'now').mockReturnValue(inADay);
      await catalog.cycle();
      jest.restoreAllMocks();
      await catalog.until('resource:default/edge-prod', isGone);
      await catalog.until(
        CART,
        cart => related(cart, 'dependsOn').join() === SHOP,
      );
    });

    it('are as before when they come back in time', async () => {
      await startRelated();
      const { clusters, running } = platform;
      lose('edge-prod');
      await catalog.cycle();
      await catalog.until('resource:default/edge-prod', found =>
        Boolean(missingSince(found)),
      );
      Object.assign(platform, { clusters, running });
      await catalog.cycle();
      const edge = await catalog.until(
        'resource:default/edge-prod',
        found => !missingSince(found),
      );
      expect(related(edge, 'dependencyOf')).toEqual([CART]);
    });

    it('are remembered over a restart, with the time', async () => {
      await startRelated();
      await catalog.stop();
      lose('edge-prod');
      await start();
      await catalog.cycle();
      await catalog.until('resource:default/edge-prod', found =>
        Boolean(missingSince(found)),
      );
      await restart({ removalGrace: '1ms' });
      await catalog.cycle();
      await catalog.until('resource:default/edge-prod', isGone);
      expect(await catalog.entity(SHOP)).toBeDefined();
    });
  });

  describe('that somebody has written a resource for', () => {
    const describeShop = (name: string, annotations?: object) =>
      files.setContent({
        'catalog.yaml': yaml(
          component('cart'),
          component('pay'),
          resource(name, annotations),
        ),
      });

    it.each([
      ['of the same name', 'shop-prod-eu', undefined],
      ['that names it', 'the-shop', { 'roadbed.dev/cluster': 'shop-prod-eu' }],
    ])('get no second one beside one %s', async (_, name, annotations) => {
      describeShop(name, annotations);
      const ref = `resource:default/${name}`;
      await start();
      await catalog.until(ref, isThere);
      await catalog.cycle();
      const shop = await catalog.until(
        ref,
        found => related(found, 'dependencyOf').length === 2,
      );
      expect(shop?.metadata.description).toBe('Written by hand');
      await catalog.until(
        CART,
        cart =>
          related(cart, 'dependsOn').join() ===
          `resource:default/edge-prod,${ref}`,
      );
      expect(await resources()).toHaveLength(3);
    });

    it.each([
      ['of the same name', 'shop-prod-eu', undefined],
      ['that names it', 'the-shop', { 'roadbed.dev/cluster': 'shop-prod-eu' }],
    ])('give theirs up for one %s', async (_, name, annotations) => {
      await startRelated();
      describeShop(name, annotations);
      const ref = `resource:default/${name}`;
      await catalog.until(
        ref,
        found => found?.metadata.description === 'Written by hand',
      );
      await catalog.cycle();
      await catalog.until(
        CART,
        cart =>
          related(cart, 'dependsOn').join() ===
          `resource:default/edge-prod,${ref}`,
      );
      await eventually(resources, refs => refs.length === 3);
      expect(await resources()).toContain(ref);
    });

    it('get another name beside something else of their name', async () => {
      describeShop('shop-prod-eu', { note: 'a database' });
      await start();
      await catalog.until(SHOP, isThere);
      await catalog.cycle();
      const refs = await eventually(resources, ({ length }) => length === 4);
      expect(refs).toContainEqual(
        expect.stringMatching(/^resource:default\/shop-prod-eu-[0-9a-f]{8}$/),
      );
      expect(related(await catalog.entity(SHOP), 'dependencyOf')).toEqual([]);
    });

    it('get theirs back when the written one is deleted', async () => {
      describeShop('shop-prod-eu');
      await start();
      await catalog.until(SHOP, isThere);
      await catalog.cycle();
      files.setContent({ 'catalog.yaml': yaml(component('cart')) });
      await catalog.until(SHOP, found =>
        Boolean(found?.metadata.annotations?.['backstage.io/orphan']),
      );
      await catalog.deleteOrphans();
      await catalog.until(SHOP, isGone);
      await catalog.cycle();
      const shop = await catalog.until(SHOP, isThere);
      expect(shop?.metadata.description).toBeUndefined();
    });

    it('keep their relations while Roadbed says nothing, over a restart', async () => {
      describeShop('shop-prod-eu');
      await start();
      await catalog.until(SHOP, isThere);
      await catalog.cycle();
      await catalog.until(
        SHOP,
        found => related(found, 'dependencyOf').length === 2,
      );
      await catalog.stop();
      platform.goDown();
      // So that it is processed again for certain.
      describeShop('shop-prod-eu', {
        note: 'changed',
        'roadbed.dev/cluster': 'shop-prod-eu',
      });
      await start();
      const shop = await catalog.until(
        SHOP,
        found => found?.metadata.annotations?.note === 'changed',
      );
      expect(related(shop, 'dependencyOf')).toEqual([
        CART,
        'component:default/pay',
      ]);
    });
  });

  describe('and changed entities', () => {
    const announced = (ref: string) =>
      catalog.events.filter(
        ({ topic, eventPayload }) =>
          topic === 'platform.catalog-entity' &&
          (eventPayload as { entityRef: string }).entityRef === ref,
      ).length;

    const write = (annotations: object, description: string) => {
      const cart = component('cart');
      files.setContent({
        'catalog.yaml': yaml({
          ...cart,
          metadata: { ...cart.metadata, annotations, description },
        }),
      });
    };

    it('are announced, and unchanged ones are not', async () => {
      write({ 'backstage.io/kubernetes-id': 'cart' }, 'one');
      await start();
      await eventually(
        async () => announced(CART),
        count => count === 1,
      );
      write({ 'backstage.io/kubernetes-id': 'cart' }, 'two');
      await catalog.until(CART, found => found?.metadata.description === 'two');
      write({ 'backstage.io/kubernetes-id': 'basket' }, 'two');
      await eventually(
        async () => announced(CART),
        count => count > 1,
      );
      expect(announced(CART)).toBe(2);
    });
  });
});
