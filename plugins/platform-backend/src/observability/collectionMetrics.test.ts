import { metricsServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  deployment,
  namespace,
  node,
  startSimulatedCluster,
  type SimulatedCluster,
} from '@roadbed/fleet-simulator';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  detailsOf,
  eventually,
  lendingOf,
  startPlatform,
} from '../__testUtils__/startPlatform';
import { storeTestDatabases } from '../collect/store/__testUtils__/databases';
import {
  startScrapedMetrics,
  type Scrape,
} from './__testUtils__/scrapedMetrics';

jest.setTimeout(120_000);

const databases = storeTestDatabases();

describe.each(databases.ids)('the figures of a collection, on %s', id => {
  let knex: Knex;
  let cluster: SimulatedCluster;
  let metrics: Awaited<ReturnType<typeof startScrapedMetrics>>;
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  let scrape: Scrape;

  beforeAll(async () => {
    cluster = await startSimulatedCluster({
      name: 'prod',
      objects: [
        namespace({ name: 'shop' }),
        node({ name: 'node-1' }),
        deployment({ name: 'cart', namespace: 'shop' }),
        deployment({ name: 'checkout', namespace: 'shop' }),
      ],
    });
    metrics = await startScrapedMetrics();
    knex = await databases.createEmpty(id);
    platform = await startPlatform({
      knex,
      features: [
        lendingOf([
          detailsOf(cluster),
          detailsOf(cluster, { name: 'dead', url: 'https://127.0.0.1:1' }),
        ]),
        metricsServiceFactory,
      ],
    });
    await eventually(
      () => platform.cluster('prod'),
      ({ state }) => state === 'fresh',
    );
    await eventually(
      () => platform.cluster('dead'),
      ({ state }) => state === 'unreachable',
    );
    // More changes than a read model is told of in one go follow each other.
    await eventually(
      async () => (await metrics.scrape()).sum('roadbed_collect_runs_total'),
      runs => runs > 20,
    );
    scrape = await metrics.scrape();
  });

  afterAll(async () => {
    await platform?.stop();
    await metrics?.stop();
    await cluster?.stop();
  });

  const total = (name: string, labels?: Record<string, string>) =>
    scrape.sum(`roadbed_${name}`, labels);

  it('are those of the ledger', async () => {
    const started = await metrics.scrape();
    const rows: Array<Record<string, any>> = await knex('collect_runs');
    const ended = await metrics.scrape();
    for (const outcome of ['success', 'error', 'partial']) {
      const written = rows.filter(row => row.outcome === outcome).length;
      const counted = (at: Scrape) =>
        at.sum('roadbed_collect_runs_total', { outcome });
      // Runs go on while this is compared.
      expect(written).toBeGreaterThanOrEqual(counted(started));
      expect(written - counted(ended)).toBeLessThanOrEqual(8);
    }
  });

  it('tell what was read and what was written', () => {
    const deployments = { collector: 'deployments' };
    expect(total('collect_objects_total', deployments)).toBeGreaterThanOrEqual(
      2,
    );
    expect(total('collect_pages_total', deployments)).toBeGreaterThanOrEqual(1);
    expect(total('collect_requests_total', deployments)).toBeGreaterThanOrEqual(
      1,
    );
    expect(total('collect_bytes_total', deployments)).toBeGreaterThan(500);
    const writes = (change: string) =>
      total('collect_writes_total', { ...deployments, change });
    expect(writes('inserted')).toBe(2);
    expect(writes('updated')).toBe(0);
    expect(writes('deleted')).toBe(0);
    expect(writes('unchanged')).toBe(
      total('collect_objects_total', deployments) - 2,
    );
  });

  it('tell a cluster that gives no answer', () => {
    expect(total('collect_problems_total', { code: 'connect_refused' })).toBe(
      total('collect_runs_total', { outcome: 'error' }),
    );
    expect(total('collect_breaker_changes_total', { change: 'opened' })).toBe(
      1,
    );
    expect(total('fleet_breakers_open')).toBeLessThanOrEqual(1);
  });

  it('time every run, and how late each was claimed', () => {
    expect(total('collect_duration_seconds_count')).toBe(
      total('collect_runs_total'),
    );
    expect(total('collect_lateness_seconds_count')).toBeGreaterThanOrEqual(
      total('collect_runs_total'),
    );
    expect(
      total('collect_claims_total', { outcome: 'success' }),
    ).toBeGreaterThan(0);
    expect(total('collect_leases_lost_total')).toBe(0);
  });

  it('show the state of the process, the queue and the list', () => {
    expect(total('collect_slots')).toBe(8);
    expect(total('database_up')).toBe(1);
    expect(total('database_outages_total')).toBe(0);
    expect(total('queue_jobs')).toBeGreaterThan(10);
    expect(total('clusterlist_reads_total', { outcome: 'success' })).toBe(1);
    expect(total('clusterlist_age_seconds')).toBeLessThan(120);
    expect(total('fleet_clusters')).toBe(2);
  });

  it('count answers by operation and status, refusals too', async () => {
    const before = await metrics.scrape();
    const get = (path: string) =>
      request(platform.server).get(`/api/platform${path}`);
    await get('/fleet/clusters/nowhere');
    await get('/fleet/clusters?limit=none');
    await get('/fleet/workloads');
    await get('/health/live');
    const after = await metrics.scrape();
    const more = (route: string, status: string) => {
      const labels = { route, status };
      const name = 'roadbed_http_answers_total';
      return after.sum(name, labels) - before.sum(name, labels);
    };
    expect(more('getCluster', '404')).toBe(1);
    expect(more('listClusters', '400')).toBe(1);
    expect(more('listWorkloads', '200')).toBe(1);
    expect(more('getLiveness', '200')).toBe(1);
    expect(
      after.sum('roadbed_http_duration_seconds_count', { route: 'getCluster' }),
    ).toBe(after.sum('roadbed_http_answers_total', { route: 'getCluster' }));
  });

  it('name no cluster, node, namespace or workload', () => {
    expect(scrape.text).not.toMatch(/prod|dead|node-1|shop|cart|checkout/);
  });
});
