import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clientOf } from '../testing/testClient';
import type { KubernetesObject } from '../kubernetes';
import { catalogFiles } from './catalogEntities';
import { catalogYaml } from './catalogYaml';
import { CLUSTER_PLANS } from './clusterPlans';
import { SERVICES, SYSTEMS, TEAMS } from './company';
import { kubeconfig, portalConfig } from '../connection/connectionFiles';
import { FleetState } from '../connection/FleetState';
import { nextImage } from './FleetLife';
import { startDemoFleet, type DemoFleet } from './startDemoFleet';

const BIRTH = Date.UTC(2026, 10, 21, 8);
jest.setTimeout(60_000);

const folders: string[] = [];
const fleets: DemoFleet[] = [];

/** A fleet whose clock stands still until it is moved. */
async function startFleet(folder: string) {
  const clock = { now: BIRTH };
  const fleet = await startDemoFleet({
    state: FleetState.open(folder, BIRTH),
    seed: 1,
    now: () => clock.now,
  });
  fleets.push(fleet);
  return { fleet, clock };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demo-fleet-'));
  folders.push(folder);
  return folder;
}

function serverOf(fleet: DemoFleet, name: string) {
  return fleet.clusters.find(({ plan }) => plan.name === name)!.server;
}

/** Everything in a cluster, in order. */
function contentOf(fleet: DemoFleet, name: string): KubernetesObject[] {
  const { store, registry } = serverOf(fleet, name);
  return registry.all().flatMap(type => store.list(type));
}

function countOf(fleet: DemoFleet, group: string, resource: string): number {
  const servers = new Set(fleet.clusters.map(({ server }) => server));
  return [...servers]
    .map(({ store }) => store.count({ resource: { group, resource } }))
    .reduce((sum, count) => sum + count, 0);
}

afterAll(async () => {
  await Promise.all(fleets.map(fleet => fleet.stop()));
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true });
});

describe('the company', () => {
  it('is a dozen teams with some sixty services, all of them somewhere', () => {
    expect(TEAMS).toHaveLength(12);
    expect(SERVICES).toHaveLength(62);
    const teams = new Set(TEAMS.map(({ name }) => name));
    const systems = new Set(SYSTEMS.map(({ name }) => name));
    for (const { owner, system } of SERVICES) {
      expect(teams).toContain(owner);
      expect(systems).toContain(system);
    }
    for (const { owner } of CLUSTER_PLANS) expect(teams).toContain(owner);
  });

  it('is what the files of the catalog say', () => {
    const folder = resolve(__dirname, '../../catalog');
    const expected = catalogYaml();
    expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort());
    for (const [file, text] of Object.entries(expected)) {
      // Run "yarn write-catalog" when this differs.
      expect(readFileSync(resolve(folder, file), 'utf8')).toBe(text);
    }
  });

  it('refers only to entities that are there', () => {
    const entities = Object.values(catalogFiles()).flat();
    const refs = new Set(
      entities.map(
        ({ kind, metadata }) =>
          `${kind.toLowerCase()}:default/${metadata.name}`,
      ),
    );
    const named = entities.flatMap(({ spec }) => [
      ...(spec.owner ? [spec.owner] : []),
      ...(spec.system ? [`system:default/${spec.system}`] : []),
    ]);
    const written = CLUSTER_PLANS.filter(plan => 'catalog' in plan);
    expect(named).toHaveLength(
      SYSTEMS.length + 2 * SERVICES.length + written.length,
    );
    expect(named.filter(ref => !refs.has(ref as string))).toEqual([]);
  });
});

describe('the fleet', () => {
  let fleet: DemoFleet;

  beforeAll(async () => {
    ({ fleet } = await startFleet(newFolder()));
  });

  it('has ten names for nine clusters, of believable sizes', () => {
    expect(fleet.clusters).toHaveLength(10);
    expect(new Set(fleet.clusters.map(({ server }) => server.uid)).size).toBe(
      9,
    );
    expect(serverOf(fleet, 'shop-dev-old').uid).toBe(
      serverOf(fleet, 'shop-dev').uid,
    );
    const workloads =
      countOf(fleet, 'apps', 'deployments') +
      countOf(fleet, 'apps', 'statefulsets') +
      countOf(fleet, 'apps', 'daemonsets') +
      countOf(fleet, 'batch', 'cronjobs');
    expect(workloads).toBeGreaterThan(1_100);
    expect(workloads).toBeLessThan(1_400);
    expect(countOf(fleet, '', 'pods')).toBeGreaterThan(3_000);
    expect(countOf(fleet, '', 'pods')).toBeLessThan(4_500);
  });

  it('shows one cluster without a right to list pods', async () => {
    const client = clientOf(serverOf(fleet, 'data-stage'));
    const pods = await client.get('/api/v1/pods');
    const nodes = await client.get('/api/v1/nodes');
    await client.close();
    expect(pods.status).toBe(403);
    expect(nodes.body.items).toHaveLength(6);
  });

  it('has every trouble it promises', () => {
    const eu = contentOf(fleet, 'shop-prod-eu') as any[];
    const ofKind = (kind: string) => eu.filter(one => one.kind === kind);
    const waiting = ofKind('Pod').flatMap(one =>
      (one.status.containerStatuses ?? []).map(
        (status: any) => status.state.waiting?.reason,
      ),
    );
    expect(waiting).toContain('CrashLoopBackOff');
    expect(ofKind('Pod').some(one => one.status.phase === 'Pending')).toBe(
      true,
    );
    expect(
      ofKind('Node').filter(one =>
        one.status.conditions.some(
          (condition: any) =>
            condition.type === 'Ready' && condition.status === 'Unknown',
        ),
      ),
    ).toHaveLength(1);
    expect(
      ofKind('PodDisruptionBudget').some(
        one =>
          one.status.disruptionsAllowed === 0 && one.spec.minAvailable === 1,
      ),
    ).toBe(true);
    expect(
      ofKind('HorizontalPodAutoscaler').some(
        one => one.status.currentReplicas === one.spec.maxReplicas,
      ),
    ).toBe(true);
    expect(ofKind('Job').some(one => one.status.failed)).toBe(true);
    const versions = eu.flatMap(one =>
      one.metadata.managedFields.map((entry: any) => entry.apiVersion),
    );
    expect(versions).toEqual(
      expect.arrayContaining([
        'flowcontrol.apiserver.k8s.io/v1beta3',
        'policy/v1beta1',
        'autoscaling/v2beta2',
      ]),
    );
    const controller = ofKind('Deployment').find(
      one => one.metadata.name === 'ingress-nginx-controller',
    );
    expect(controller.spec.template.spec.containers[0].image).toMatch(
      /v1\.9\.6$/,
    );
  });

  it('is the same fleet again after a restart on the same folder', async () => {
    const folder = newFolder();
    const { fleet: first } = await startFleet(folder);
    const before = first.clusters.map(({ server }) => ({
      url: server.url,
      uid: server.uid,
      caData: server.caData,
    }));
    const content = contentOf(first, 'pay-prod');
    await first.stop();
    const { fleet: second } = await startFleet(folder);
    expect(
      second.clusters.map(({ server }) => ({
        url: server.url,
        uid: server.uid,
        caData: server.caData,
      })),
    ).toEqual(before);
    expect(contentOf(second, 'pay-prod')).toEqual(content);
  });

  it('leads a portal and kubectl to every name', () => {
    const names = CLUSTER_PLANS.map(({ name }) => name);
    const { kubernetes, platform } = portalConfig(fleet.clusters);
    const [locator] = kubernetes.clusterLocatorMethods;
    expect(locator.clusters.map(({ name }) => name)).toEqual(names);
    expect(platform.fleet.clusters[0]).toEqual({
      name: 'play-dev',
      environment: 'dev',
      ring: '0',
      owner: 'group:default/team-core',
    });
    expect(kubeconfig(fleet.clusters).contexts.map(({ name }) => name)).toEqual(
      names,
    );
  });
});

describe('its life', () => {
  const live = async (steps: number) => {
    const { fleet, clock } = await startFleet(newFolder());
    const revisions = fleet.clusters.map(({ server }) => server.store.revision);
    for (let step = 0; step < steps; step++) {
      clock.now += 5_000;
      fleet.life.step();
    }
    return { fleet, revisions };
  };

  it('changes something within a minute, but not everything', async () => {
    const { fleet, revisions } = await live(12);
    const changed = fleet.clusters.map(
      ({ server }, index) => server.store.revision - revisions[index],
    );
    const total = changed.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(5);
    expect(total).toBeLessThan(400);
  });

  it('is the same life under the same seed and clock', async () => {
    const { fleet: one } = await live(200);
    const { fleet: other } = await live(200);
    for (const name of ['shop-prod-eu', 'shop-stage']) {
      expect(contentOf(one, name)).toEqual(contentOf(other, name));
    }
  });

  it('ends rollouts with as many ready pods as asked for', async () => {
    const { fleet, clock } = await startFleet(newFolder());
    const { store } = serverOf(fleet, 'shop-prod-eu');
    const key = 'checkout/cart-api';
    const deployments = { group: 'apps', resource: 'deployments' };
    const workload = store.get(deployments, key)!;
    store.apply({
      ...workload,
      metadata: { ...workload.metadata, generation: 2 },
      spec: { ...(workload.spec as object), replicas: 3 },
    });
    for (let step = 0; step < 30; step++) {
      clock.now += 5_000;
      fleet.life.step();
    }
    expect(store.get(deployments, key)!.status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
    });
    const pods = store
      .list({ group: '', resource: 'pods' }, 'checkout')
      .filter(one => one.metadata.labels?.app === 'cart-api');
    expect(pods).toHaveLength(3);
  });

  it.each([
    ['registry.example.com/a/b:1.2.3', 'registry.example.com/a/b:1.2.4'],
    [
      'registry.example.com/a/b:1.2.9@sha256:ab',
      'registry.example.com/a/b:1.2.10',
    ],
    [
      'registry.example.com:5000/a/b:next',
      'registry.example.com:5000/a/b:next',
    ],
  ])('releases %s as %s', (image, next) => {
    expect(nextImage(image)).toBe(next);
  });
});
