import type { BenchmarkContext } from './benchmarks/Benchmark';
import { cardPath, EVERYWHERE, reportCard } from './benchmarks/cardBenchmark';
import { reportCollection } from './benchmarks/collectBenchmark';
import {
  collectFirst,
  type FirstCollection,
} from './benchmarks/firstCollection';
import { startFleet, type Fleet } from './benchmarks/Fleet';
import { ask } from './benchmarks/latency';
import { reportList } from './benchmarks/listBenchmark';
import {
  countOf,
  reportSteadyCycle,
  tableBytes,
} from './benchmarks/steadyBenchmark';
import type { FleetSize } from './processes/startSimulator';
import { Report } from './report/Report';

jest.setTimeout(300_000);

const SIZE: FleetSize = { clusters: 10, workloads: 2_000, pods: 6_000 };

/**
 * The benchmarks on a fleet that is collected in seconds.
 *
 * @remarks
 * What is compared was measured in the same run, so a slow machine is slow on
 * both sides, and the bounds leave room for code that is not warm yet: some
 * three times what was seen when they were set. They catch what reads one by
 * one, grows with the fleet, or asks clusters again; the bounds that are meant
 * are those of `npm run bench`.
 */
describe('benchmarks of a small fleet', () => {
  const report = new Report(() => undefined);
  let fleet: Fleet;
  let first: FirstCollection;

  beforeAll(async () => {
    const say = () => undefined;
    fleet = await startFleet({
      size: SIZE,
      database: 'sqlite',
      replicas: 1,
      say,
    });
    const context: BenchmarkContext = {
      report,
      fleet: SIZE,
      manyClusters: SIZE,
      say,
    };
    first = await collectFirst(fleet);
    await reportCollection(context, fleet, first);
    await reportCard(context, fleet);
    await reportList(context, fleet);
    await reportSteadyCycle(context, fleet);
  });

  afterAll(() => fleet?.stop());

  const measured = (name: string) =>
    report.measurements.find(each => each.name === `${name}.sqlite`)!.value;

  it('a collection costs some CPU beside parsing and inserting', () => {
    expect(measured('collect.cpu_ratio')).toBeLessThan(20);
  });

  it('a collection asks for each list once, page by page', () => {
    expect(measured('collect.requests_per_cluster')).toBeLessThan(45);
  });

  it('a collection keeps little more in memory than what waits', () => {
    const { peakBytes, baseBytes } = first.rss;
    expect(peakBytes / baseBytes).toBeLessThan(1.5);
  });

  it('a collection lets other work have its turn', () => {
    expect(first.loopDelayP99Ms / 1_000 / first.seconds).toBeLessThan(0.02);
  });

  it('a card comes from what is stored, not from the clusters', () => {
    expect(measured('card.vs_fanout')).toBeGreaterThan(5);
  });

  it('a card asks the database no more often for a service of many clusters', async () => {
    const [backend] = fleet.replicas;
    const statementsOf = async (entityRef: string) => {
      await backend.resetUsage();
      const answer = await ask(backend, cardPath(entityRef));
      const { statements } = await backend.usage();
      return {
        clusters: new Set(
          answer.body.items.map(({ cluster }: { cluster: string }) => cluster),
        ).size,
        count: statements.reduce((sum, { count }) => sum + count, 0),
      };
    };
    const refs: Array<{ entity_ref: string }> = await fleet
      .knex('fleet_workload_owners')
      .groupBy('entity_ref')
      .orderByRaw('count(distinct cluster_id)')
      .select('entity_ref');
    const few = await statementsOf(refs[0].entity_ref);
    const many = await statementsOf(EVERYWHERE);
    expect(many.clusters).toBeGreaterThan(few.clusters);
    expect(many.count / few.count).toBeLessThanOrEqual(1.1);
  });

  it('a card is little to send for each workload on it', async () => {
    const { body } = await ask(fleet.replicas[0], cardPath(EVERYWHERE));
    expect(measured('card.bytes') / body.items.length).toBeLessThan(1_000);
  });

  it('a page of a list takes as long as a few cards', () => {
    expect(measured('list.p99_ms') / measured('card.p99_ms')).toBeLessThan(5);
  });

  it('a cycle in which little changed costs the database less than the first costs in all', async () => {
    const objects = await countOf(fleet.knex, 'observed_objects');
    const runs = await countOf(fleet.knex, 'collect_jobs');
    const steady =
      measured('steady.db_ms_per_run') * runs +
      (measured('steady.db_ms_per_100k') * objects) / 100_000;
    expect(steady / 1_000 / measured('collect.seconds')).toBeLessThan(0.15);
  });

  it('tables stay as large as what is in them', async () => {
    const { before, after } = await tableBytes(fleet, 5);
    expect(after / before).toBeLessThan(1.1);
  });
});
