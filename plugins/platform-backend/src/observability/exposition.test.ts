import { metricsServiceFactory } from '@backstage/backend-defaults/alpha';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockServices,
  ServiceFactoryTester,
} from '@backstage/backend-test-utils';
import { failure, success } from '../collect/queue/__testUtils__/reports';
import { metricsByFamily } from './__testUtils__/prometheusNames';
import {
  startScrapedMetrics,
  type Scrape,
} from './__testUtils__/scrapedMetrics';
import { createMetrics } from './createMetrics';
import { observeState } from './observeState';
import type { PlatformState } from './PlatformState';

const state: PlatformState = {
  loop: () => ({ slots: 8, busy: 3, runningSince: 1, lastClaimAt: 2 }),
  database: () => ({ away: true, outages: 2 }),
  work: async () => ({
    queue: { jobs: 100, due: 4, running: 6, longestWaitMs: 7_500 },
    now: 100_000,
    clusterListAt: 90_000,
    catalogAt: 40_000,
  }),
  fleet: async () => ({
    clusters: { fresh: 9, unreachable: 1 },
    ownership: { owned: 30, unowned: 12 },
    openBreakers: 1,
  }),
};

/** Everything that can be told, told once. */
function tellEverything({
  collect,
  catalog,
  http,
}: ReturnType<typeof createMetrics>) {
  const job = {
    lease: {
      clusterId: 1,
      clusterName: 'secret-cluster',
      collector: 'pods',
      epoch: 1,
      owner: 'one',
      leaseUntil: 2,
    },
    startedAt: 1,
    lateMs: 1_500,
    fails: 0,
  };
  collect.claimed([job, { ...job, lateMs: 0 }]);
  collect.claimFailed();
  collect.clusterListRead('partial');
  const whole = success(10);
  collect.runEnded({
    job,
    report: {
      ...whole,
      applied: {
        ...whole.applied,
        upserted: 7,
        inserted: 5,
        deleted: 2,
        unchanged: 3,
      },
    },
    held: true,
    breaker: 'closed',
    startedAt: 1_000,
    finishedAt: 1_700,
  });
  collect.runEnded({
    job,
    report: failure('lease_lost'),
    held: false,
    breaker: undefined,
    startedAt: 1_000,
    finishedAt: 91_000,
  });
  catalog.read({ outcome: 'success', durationMs: 20 });
  catalog.changed({ updated: 3, deleted: 1, decided: 11 });
  http.answered({ route: 'listClusters', status: 200, durationMs: 4 });
  http.answered({ route: 'listClusters', status: 'aborted', durationMs: 40 });
}

describe('what Prometheus scrapes', () => {
  let metrics: Awaited<ReturnType<typeof startScrapedMetrics>>;
  let scrape: Scrape;
  let service: typeof metricsServiceRef.T;
  let stopObserving: () => void;

  beforeAll(async () => {
    metrics = await startScrapedMetrics();
    service = await ServiceFactoryTester.from(metricsServiceFactory, {
      dependencies: [mockServices.rootConfig.factory()],
    }).getSubject('platform');
    stopObserving = observeState({
      metrics: service,
      logger: mockServices.logger.mock(),
      state,
    });
    tellEverything(createMetrics(service));
    scrape = await metrics.scrape();
  });

  afterAll(() => metrics.stop());

  it('has every metric under the name and with the labels of its definition', () => {
    const roadbed = [...scrape.types].filter(([name]) =>
      name.startsWith('roadbed_'),
    );
    expect(Object.fromEntries(roadbed)).toEqual(
      Object.fromEntries(
        [...metricsByFamily].map(([family, { kind }]) => [
          family,
          kind === 'observedCounter' ? 'counter' : kind,
        ]),
      ),
    );
    for (const [family, { labels, kind }] of metricsByFamily) {
      const series = kind === 'histogram' ? `${family}_count` : family;
      const found = scrape.samples.filter(({ name }) => name === series);
      expect([family, found.length]).not.toEqual([family, 0]);
      for (const sample of found) {
        expect([family, Object.keys(sample.labels).sort()]).toEqual([
          family,
          [...labels].sort(),
        ]);
      }
    }
  });

  it('has no name of a cluster', () => {
    expect(scrape.text).not.toContain('secret-cluster');
  });

  it.each([
    [
      'roadbed_collect_runs_total',
      { outcome: 'success', collector: 'pods' },
      1,
    ],
    ['roadbed_collect_problems_total', { code: 'lease_lost' }, 1],
    ['roadbed_collect_leases_lost_total', {}, 1],
    ['roadbed_collect_breaker_changes_total', { change: 'closed' }, 1],
    ['roadbed_collect_breaker_changes_total', { change: 'opened' }, 0],
    ['roadbed_collect_writes_total', { change: 'inserted' }, 5],
    ['roadbed_collect_writes_total', { change: 'updated' }, 2],
    ['roadbed_collect_writes_total', { change: 'deleted' }, 2],
    ['roadbed_collect_writes_total', { change: 'unchanged' }, 3],
    ['roadbed_collect_duration_seconds_sum', { outcome: 'error' }, 90],
    [
      'roadbed_collect_duration_seconds_bucket',
      { outcome: 'error', le: '60' },
      0,
    ],
    [
      'roadbed_collect_duration_seconds_bucket',
      { outcome: 'error', le: '120' },
      1,
    ],
    ['roadbed_collect_lateness_seconds_sum', {}, 1.5],
    ['roadbed_collect_lateness_seconds_count', {}, 2],
    ['roadbed_collect_claims_total', { outcome: 'success' }, 1],
    ['roadbed_collect_slots', { state: 'free' }, 5],
    ['roadbed_clusterlist_reads_total', { outcome: 'partial' }, 1],
    ['roadbed_catalog_changes_total', { change: 'deleted' }, 1],
    ['roadbed_ownership_decisions_total', {}, 11],
    ['roadbed_queue_jobs', { state: 'waiting' }, 90],
    ['roadbed_queue_oldest_seconds', {}, 7.5],
    ['roadbed_fleet_clusters', { state: 'fresh' }, 9],
    ['roadbed_fleet_clusters', {}, 10],
    ['roadbed_fleet_breakers_open', {}, 1],
    ['roadbed_fleet_workloads', { ownership: 'unowned' }, 12],
    ['roadbed_database_up', {}, 0],
    ['roadbed_database_outages_total', {}, 2],
    [
      'roadbed_http_answers_total',
      { route: 'listClusters', status: 'aborted' },
      1,
    ],
    ['roadbed_http_duration_seconds_bucket', { le: '0.005' }, 1],
  ])('counts %s %j as %d', (name, labels, value) => {
    expect(scrape.sum(name, labels)).toBeCloseTo(value);
  });

  it('has what is rare from the beginning, so that its first increase shows', () => {
    for (const [name, label, value] of [
      ['roadbed_collect_problems_total', 'code', 'internal'],
      ['roadbed_collect_problems_total', 'code', 'count_mismatch'],
      ['roadbed_collect_breaker_changes_total', 'change', 'opened'],
      ['roadbed_clusterlist_reads_total', 'outcome', 'error'],
    ]) {
      expect(scrape.samples).toContainEqual({
        name,
        labels: { [label]: value },
        value: 0,
      });
    }
  });

  it('lets ages grow on after the reading', () => {
    const age = scrape.sum('roadbed_catalog_age_seconds');
    expect(age).toBeGreaterThanOrEqual(60);
    expect(age).toBeLessThan(70);
    expect(scrape.sum('roadbed_clusterlist_age_seconds')).toBeCloseTo(
      age - 50,
      1,
    );
    expect(
      scrape.sum('roadbed_reading_age_seconds', { of: 'work' }),
    ).toBeCloseTo(age - 60, 1);
  });

  it('asks for no state any more when it was told to stop', async () => {
    const asked = jest.spyOn(state, 'loop');
    await metrics.scrape();
    expect(asked).toHaveBeenCalledTimes(1);
    stopObserving();
    await metrics.scrape();
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
