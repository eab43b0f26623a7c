import { hashOf, toCatalogEntity } from './catalogEntity';
import { component } from './__testUtils__/scriptedCatalog';

describe('toCatalogEntity', () => {
  it('takes owner, system and the annotations that select workloads', () => {
    expect(
      toCatalogEntity(
        component('Cart', {
          owner: 'group:default/Team-Cart',
          system: 'system:default/shop',
          annotations: {
            'backstage.io/kubernetes-id': 'cart',
            'backstage.io/kubernetes-namespace': '',
            'example.com/other': 'x',
          },
        }),
      ),
    ).toEqual({
      entityRef: 'component:default/cart',
      kind: 'component',
      name: 'Cart',
      ownerRef: 'group:default/team-cart',
      systemRef: 'system:default/shop',
      domainRef: null,
      kubernetesId: 'cart',
    });
  });

  it('lets groups own themselves and systems be part of themselves', () => {
    const group = component('team', {
      kind: 'Group',
      owner: 'group:default/x',
    });
    expect(toCatalogEntity(group).ownerRef).toBe('group:default/team');
    const system = component('shop', { kind: 'System' });
    expect(toCatalogEntity(system).systemRef).toBe('system:default/shop');
  });

  it('is a part of a system, not of the component above it', () => {
    const part = component('cart-db', { system: 'component:default/cart' });
    expect(toCatalogEntity(part).systemRef).toBeNull();
  });

  it('reads what people wrote about a cluster, and nothing that Roadbed wrote', () => {
    const annotations = {
      'roadbed.dev/cluster': 'Prod EU',
      'roadbed.dev/environment': 'prod',
      'roadbed.dev/maintenance-window': 'Sundays',
    };
    const cluster = (more: object = {}) =>
      toCatalogEntity(
        component('prod-eu', {
          kind: 'Resource',
          owner: 'group:default/platform',
          spec: { type: 'kubernetes-cluster' },
          annotations: { ...annotations, ...more },
        }),
      ).describes;
    expect(cluster()).toEqual({
      name: 'Prod EU',
      handwritten: true,
      attributes: {
        owner: 'group:default/platform',
        environment: 'prod',
        maintenanceWindow: 'Sundays',
      },
    });
    expect(cluster({ 'roadbed.dev/provided': 'true' })).toEqual({
      name: 'Prod EU',
      handwritten: false,
      attributes: {},
    });
    expect(cluster({ 'roadbed.dev/cluster': '' })?.name).toBe('prod-eu');
    expect(
      toCatalogEntity(component('db', { kind: 'Resource', annotations }))
        .describes?.name,
    ).toBe('Prod EU');
    expect(
      toCatalogEntity(component('db', { kind: 'Resource' })).describes,
    ).toBeUndefined();
  });

  it('takes what databases can not hold for U+FFFD', () => {
    const entity = toCatalogEntity(
      component('x', {
        annotations: { 'backstage.io/kubernetes-id': 'a\u0000b' },
      }),
    );
    expect(entity.kubernetesId).toBe('a\ufffdb');
    expect(hashOf(entity)).not.toBe(hashOf({ ...entity, kubernetesId: 'ab' }));
  });

  describe('where only some places may describe clusters', () => {
    const places = ['url:https://git.example/platform'];
    const from = (location: string, more: object = {}) =>
      toCatalogEntity(
        component('prod', {
          kind: 'Resource',
          spec: { type: 'kubernetes-cluster' },
          owner: 'group:default/thieves',
          annotations: {
            'backstage.io/managed-by-location': location,
            'roadbed.dev/environment': 'dev',
            ...more,
          },
        }),
        places,
      ).describes;

    it('listens to them', () => {
      expect(
        from('url:https://git.example/platform/clusters.yaml')?.attributes,
      ).toEqual({ owner: 'group:default/thieves', environment: 'dev' });
    });

    it('listens to nobody else', () => {
      expect(from('url:https://git.example/thieves/prod.yaml')).toBeUndefined();
      expect(
        from('url:https://git.example/thieves/prod.yaml', {
          'roadbed.dev/provided': 'true',
        }),
      ).toBeUndefined();
    });

    it('knows what Roadbed itself has put there', () => {
      expect(
        from('platform:clusters', { 'roadbed.dev/provided': 'true' }),
      ).toEqual({ name: 'prod', handwritten: false, attributes: {} });
    });
  });
});
