import { manyNamespaces } from './__testUtils__/hostile/attacks';
import {
  KEPT,
  startHostileCluster,
  type HostileCluster,
} from './__testUtils__/hostile/HostileCluster';
import {
  detailsOf,
  eventually,
  lendingOf,
  startPlatform,
} from './__testUtils__/startPlatform';
import { storeTestDatabases } from './collect/store/__testUtils__/databases';

jest.setTimeout(120_000);

const COUNT = 100_000;
const databases = storeTestDatabases();

describe.each(databases.ids)('100,000 namespaces, on %s', id => {
  const stops: Array<() => Promise<unknown>> = [];

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  async function start(name: string): Promise<HostileCluster> {
    const cluster = await startHostileCluster({
      name,
      attack: manyNamespaces(COUNT),
    });
    stops.push(() => cluster.stop());
    return cluster;
  }

  it('are all stored, while another cluster stays fresh', async () => {
    const crowded = await start('crowded');
    const other = await start('other');
    crowded.begin();
    const knex = await databases.createEmpty(id);
    const platform = await startPlatform({
      knex,
      features: [
        lendingOf([crowded, other].map(cluster => detailsOf(cluster))),
      ],
      platform: {
        collect: { cadence: { namespaces: '1h', deployments: '1s' } },
      },
    });
    stops.push(() => platform.stop());
    const [run] = await eventually(
      async () =>
        (
          await platform.get(
            'fleet/collections?cluster=crowded&collector=namespaces',
          )
        ).items,
      items => items.length > 0,
      90_000,
    );
    expect(run).toMatchObject({ outcome: 'success', objects: COUNT });
    expect((await platform.cluster('crowded')).namespaces).toBe(COUNT);
    const { coverage } = await platform.cluster('other');
    const { asOf } = coverage.find(
      (entry: { collector: string }) => entry.collector === 'deployments',
    );
    expect(Date.now() - Date.parse(asOf)).toBeLessThan(15_000);
    expect(await platform.workloadNames()).toEqual([...KEPT, ...KEPT].sort());
  });
});
