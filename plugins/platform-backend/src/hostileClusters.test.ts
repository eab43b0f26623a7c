import {
  deployment,
  startSimulatedCluster,
  type SimulatedCluster,
} from '@roadbed/fleet-simulator';
import type { Knex } from 'knex';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  knownAttacks,
  MARKUP,
  type KnownAttack,
} from './__testUtils__/hostile/attacks';
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

jest.setTimeout(90_000);

const databases = storeTestDatabases();
const COLLECTORS = ['discovery', 'deployments', 'statefulsets', 'pods'];
const KNOWN = knownAttacks({ trapUrl: '', victimUid: '' });
const ATTACKS = Object.keys(KNOWN);
const REFUSED = ATTACKS.filter(name => KNOWN[name].code !== undefined);
const SURVIVED = ATTACKS.filter(name => KNOWN[name].code === undefined);
const OFF = [
  'nodes',
  'namespaces',
  'daemonsets',
  'cronjobs',
  'jobs',
  'services',
  'ingresses',
  'networkpolicies',
  'poddisruptionbudgets',
  'horizontalpodautoscalers',
  'resourcequotas',
  'limitranges',
];

interface Run {
  id: string;
  cluster: string;
  collector: string;
  outcome: string;
  code: string | null;
  message: string | null;
}

/** Every run that ended, the oldest first. */
async function runsIn(knex: Knex): Promise<Run[]> {
  return knex('collect_runs as r')
    .join('clusters as c', 'c.id', 'r.cluster_id')
    .orderBy('r.started_at')
    .select('r.id', 'r.collector', 'r.outcome', 'r.code', 'r.message', {
      cluster: 'c.name',
    });
}

/** A server that nobody must come to. */
async function startTrap() {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end();
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    url: `http://127.0.0.1:${port}`,
    stop: async () => server.close(),
  };
}

describe.each(databases.ids)('hostile clusters, on %s', id => {
  let knex: Knex;
  let healthy: SimulatedCluster;
  let trap: Awaited<ReturnType<typeof startTrap>>;
  let attacks: Record<string, KnownAttack>;
  let hostile: HostileCluster[];
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  /** The runs that ended before the attack. */
  let before: Set<string>;
  /** When the attack began, in epoch milliseconds. */
  let began: number;
  const stops: Array<() => Promise<unknown>> = [];

  const runsSince = async (cluster: string) =>
    (await runsIn(knex)).filter(
      run => run.cluster === cluster && !before.has(run.id),
    );

  beforeAll(async () => {
    trap = await startTrap();
    stops.push(trap.stop);
    healthy = await startSimulatedCluster({
      name: 'healthy',
      objects: [deployment({ name: 'cart', namespace: 'shop' })],
    });
    stops.push(() => healthy.stop());
    attacks = knownAttacks({ trapUrl: trap.url, victimUid: healthy.uid });
    hostile = await Promise.all(
      ATTACKS.map(name =>
        startHostileCluster({ name, attack: attacks[name].attack }),
      ),
    );
    stops.push(() => Promise.all(hostile.map(cluster => cluster.stop())));
    knex = await databases.createEmpty(id);
    platform = await startPlatform({
      knex,
      features: [
        lendingOf([healthy, ...hostile].map(cluster => detailsOf(cluster))),
      ],
      platform: {
        collect: {
          maxObjectsPerList: 5_000,
          disabled: OFF,
          cadence: Object.fromEntries(
            COLLECTORS.map(collector => [collector, '4s']),
          ),
        },
      },
    });
    stops.push(() => platform.stop());
    const succeeded = async () =>
      new Set(
        (await runsIn(knex))
          .filter(({ outcome }) => outcome === 'success')
          .map(({ cluster, collector }) => `${cluster} ${collector}`),
      );
    await eventually(
      succeeded,
      seen => seen.size === COLLECTORS.length * (ATTACKS.length + 1),
      40_000,
    );
    before = new Set((await runsIn(knex)).map(run => run.id));
    began = Date.now();
    hostile.forEach(cluster => cluster.begin());
  });

  afterAll(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  /** The first run that ended as the attack should, once there is one. */
  const runUnder = async (name: string): Promise<Run> => {
    const { collector = 'deployments', code = null } = attacks[name];
    const ended = (run: Run) =>
      run.collector === collector && run.code === code;
    const runs = await eventually(
      () => runsSince(name),
      seen => seen.some(ended),
      60_000,
    );
    return runs.find(ended)!;
  };

  it.each(REFUSED)('%s: the ledger says what happened', async name => {
    const { outcome, message } = await runUnder(name);
    expect(outcome).not.toBe('success');
    expect(message).toContain(name);
    expect(message).toMatch(attacks[name].says ?? /; /);
    expect(message!.length).toBeLessThan(600);
  });

  it.each(SURVIVED)('%s: is collected, without what is harmful', async name => {
    expect(await runUnder(name)).toMatchObject({
      outcome: 'success',
      message: null,
    });
  });

  it('fails nowhere for reasons of its own', async () => {
    const own = (await runsIn(knex)).filter(run =>
      ['internal', 'count_mismatch'].includes(run.code ?? ''),
    );
    expect(own).toEqual([]);
    expect(
      platform.logs.filter(line => /could not be recorded/.test(line)),
    ).toEqual([]);
  });

  it('loses nothing that was stored before', async () => {
    for (const name of REFUSED) {
      const names: string[] = await knex('observed_objects as o')
        .join('clusters as c', 'c.id', 'o.cluster_id')
        .where({ 'c.name': name, 'o.collector': 'deployments' })
        .whereIn('o.name', KEPT)
        .orderBy('o.name')
        .pluck('o.name');
      expect([name, names]).toEqual([name, KEPT]);
    }
  });

  it('stores no more of a list than is allowed', async () => {
    const rows = await knex('observed_objects')
      .groupBy('cluster_id', 'collector')
      .select('cluster_id', 'collector')
      .count({ count: '*' });
    for (const { count } of rows) {
      expect(Number(count)).toBeLessThanOrEqual(5_000);
    }
  });

  it('goes on with the other cluster meanwhile', async () => {
    // Runs, not seconds: how long they take is up to the machine.
    const runs = await eventually(
      () => runsSince('healthy'),
      seen =>
        COLLECTORS.every(
          collector =>
            seen.filter(run => run.collector === collector).length >= 2,
        ),
      60_000,
    );
    expect(runs.filter(({ outcome }) => outcome !== 'success')).toEqual([]);
    const { coverage } = await platform.cluster('healthy');
    const late = coverage.filter(
      ({ collector, asOf, problem }: Record<string, string>) =>
        COLLECTORS.includes(collector) &&
        (problem !== undefined || Date.parse(asOf) <= began),
    );
    expect(late).toEqual([]);
  });

  it('follows no redirect, and shows each cluster its own token only', () => {
    expect(trap.requests).toEqual([]);
    for (const cluster of hostile) {
      const shown = new Set(
        cluster.requests.map(({ authorization }) => authorization),
      );
      expect([...shown]).toEqual([`Bearer ${cluster.token}`]);
      expect(
        cluster.requests.every(({ line }) => line.startsWith('GET ')),
      ).toBe(true);
    }
  });

  it('serves what they said, as text', async () => {
    const { get } = platform;
    let path = 'fleet/workloads?limit=100';
    const names: string[] = [];
    for (;;) {
      const { items, page } = await get(path);
      names.push(...items.map((item: { name: string }) => item.name));
      if (!page?.next || names.length > 1_000) break;
      path = `fleet/workloads?limit=100&cursor=${encodeURIComponent(
        page.next,
      )}`;
    }
    expect(names.length).toBeGreaterThan(50);
    const { items } = await get(
      `fleet/workloads?q=${encodeURIComponent('<img')}`,
    );
    expect(items.map((item: { name: string }) => item.name)).toEqual([MARKUP]);
    for (const list of [
      'clusters',
      'collections',
      'unowned',
      'facets/workloads',
      'summary',
    ]) {
      await get(`fleet/${list}`);
    }
    for (const name of ATTACKS) {
      await get(`fleet/clusters/${name}`);
    }
  });
});
