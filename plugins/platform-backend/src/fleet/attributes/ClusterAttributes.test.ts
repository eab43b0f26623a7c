import { component } from '../../catalog/__testUtils__/scriptedCatalog';
import { storeTestDatabases } from '../../collect/store/__testUtils__/databases';
import { catalogRoom } from '../__testUtils__/catalogRoom';
import { ANYBODY, fleetRoom, object } from '../__testUtils__/fleetFixture';

jest.setTimeout(60_000);

const databases = storeTestDatabases();

const resource = (name: string, annotations: Record<string, string> = {}) =>
  component(name, {
    kind: 'Resource',
    spec: { type: 'kubernetes-cluster' },
    owner: 'group:default/team-x',
    annotations,
  });

const isDispute = (message: unknown) =>
  String(message).includes('disagree about cluster "prod"');

describe.each(databases.ids)('ClusterAttributes on %s', id => {
  async function setUp() {
    const knex = await databases.create(id);
    const room = fleetRoom(knex);
    const clusterId = await room.addCluster('prod');
    return {
      knex,
      ...room,
      clusterId,
      ...catalogRoom(knex, room),
      logger: room.logger,
      cluster: () => room.service.getCluster('prod', ANYBODY),
      row: async (attribute: string, cluster = clusterId) =>
        (
          await knex('fleet_cluster_attributes')
            .where({ cluster_id: cluster, attribute })
            .first()
        )?.value,
    };
  }

  it('follows configuration, then the catalog, then what the cluster shows', async () => {
    const { collect, clusterId, cluster, catalog, sync, row } = await setUp();
    await collect(clusterId, 'nodes', [
      object(
        'n',
        { labels: { 'topology.kubernetes.io/region': 'eu-west-1' } },
        { namespace: null },
      ),
    ]);
    expect((await cluster()).attributes).toEqual({
      environment: {
        value: 'prod',
        origin: 'config',
        detail: 'platform.fleet.clusters, environment of prod',
      },
      ring: expect.objectContaining({ value: '2', origin: 'config' }),
      region: expect.objectContaining({
        value: 'eu-west-1',
        origin: 'cluster',
      }),
    });
    catalog.entities = [
      resource('prod', {
        'roadbed.dev/environment': 'stage',
        'roadbed.dev/region': 'eu-central-1',
        'roadbed.dev/maintenance-window': 'Sundays 02:00 UTC',
      }),
    ];
    await sync.refresh();
    const found = await cluster();
    expect(found.entityRef).toBe('resource:default/prod');
    expect(found.attributes).toMatchObject({
      environment: {
        value: 'prod',
        origin: 'config',
        conflicts: [{ value: 'stage', origin: 'catalog' }],
      },
      region: {
        value: 'eu-central-1',
        origin: 'catalog',
        detail: 'region of resource:default/prod',
        conflicts: [{ value: 'eu-west-1', origin: 'cluster' }],
      },
      owner: { value: 'group:default/team-x', origin: 'catalog' },
      maintenanceWindow: { value: 'Sundays 02:00 UTC' },
    });
    expect(await row('name')).toBe('prod');
    expect(await row('region')).toBe('eu-central-1');

    catalog.entities = [];
    await sync.refresh();
    expect(await row('region')).toBe('eu-west-1');
    expect(await row('owner')).toBeUndefined();
    expect((await cluster()).entityRef).toBeNull();
  });

  it('prefers what people keep to what Roadbed put into the catalog', async () => {
    const { cluster, catalog, sync } = await setUp();
    catalog.entities = [
      resource('a-own', {
        'roadbed.dev/cluster': 'prod',
        'roadbed.dev/provided': 'true',
        'roadbed.dev/region': 'never',
      }),
    ];
    await sync.refresh();
    expect(await cluster()).toMatchObject({
      entityRef: 'resource:default/a-own',
    });
    expect((await cluster()).attributes.region).toBeUndefined();
    catalog.entities.push(
      resource('z-kept', {
        'roadbed.dev/cluster': 'prod',
        'roadbed.dev/region': 'here',
      }),
    );
    await sync.refresh();
    expect(await cluster()).toMatchObject({
      entityRef: 'resource:default/z-kept',
      attributes: { region: { value: 'here' } },
    });
  });

  it('counts nothing that resources disagree about, and says so once', async () => {
    const { cluster, catalog, sync, row, logger } = await setUp();
    catalog.entities = [
      resource('prod', {
        'roadbed.dev/region': 'eu-west-1',
        'roadbed.dev/environment': 'stage',
      }),
    ];
    await sync.refresh();
    expect(await row('owner')).toBe('group:default/team-x');
    catalog.entities.push(
      component('a-thief', {
        kind: 'Resource',
        owner: 'group:default/thieves',
        annotations: {
          'roadbed.dev/cluster': 'prod',
          'roadbed.dev/region': 'eu-west-1',
        },
      }),
    );
    await sync.refresh();
    catalog.entities.push(component('other'));
    await sync.refresh();
    expect(await row('owner')).toBeUndefined();
    expect(await row('region')).toBe('eu-west-1');
    expect((await cluster()).attributes.environment).toMatchObject({
      value: 'prod',
      origin: 'config',
    });
    expect(logger.warn.mock.calls.flat().filter(isDispute)).toEqual([
      expect.stringContaining(
        'owner of resource:default/a-thief is group:default/thieves, owner of resource:default/prod is group:default/team-x',
      ),
    ]);
  });

  it('writes the attributes of former rows of a name, too', async () => {
    const { addCluster, row, catalog, sync } = await setUp();
    const former = await addCluster('prod', { active: false, replaced_at: 1 });
    expect(await row('environment', former)).toBe('prod');
    catalog.entities = [resource('prod')];
    await sync.refresh();
    expect(await row('owner', former)).toBe('group:default/team-x');
  });
});
