import type { BenchmarkContext } from './Benchmark';
import type { Fleet } from './Fleet';
import type { FirstCollection } from './firstCollection';
import { insertCpuSeconds } from './insertBaseline';
import { parseCpuSeconds } from './parseBaseline';

const MB = 1024 * 1024;

/** What the first collection of a fleet cost, against the least it could cost. */
export async function reportCollection(
  context: BenchmarkContext,
  fleet: Fleet,
  first: FirstCollection,
): Promise<void> {
  const { report, say } = context;
  const { kind } = fleet.database;
  const what = `First collection of ${describe(fleet)}`;

  say('reading and parsing the same bodies again');
  const parsing = await parseCpuSeconds(fleet.simulator, first.clusters);
  say('inserting the same rows again');
  const inserting = await insertCpuSeconds(fleet.database, fleet.knex);
  const least = parsing.cpuSeconds + inserting.cpuSeconds;
  report.add({
    name: `collect.cpu_ratio.${kind}`,
    value: first.cpuSeconds / least,
    unit: '×',
    bound: { relation: '≤', limit: 2 },
    how: `${what}: ${seconds(
      first.cpuSeconds,
    )} of CPU ÷ (JSON.parse of the same ${(parsing.bytes / MB).toFixed(
      0,
    )} MB ${seconds(parsing.cpuSeconds)} + bare insert of the same ${
      inserting.rows
    } rows ${seconds(inserting.cpuSeconds)})`,
  });
  report.add({
    name: `collect.seconds.${kind}`,
    value: first.seconds,
    unit: 's',
    how: `${what}, by the clock, with the simulator on the same machine`,
  });
  report.add({
    name: `collect.rss_mb_over_base.${kind}`,
    value: (first.rss.peakBytes - first.rss.baseBytes) / MB,
    unit: 'MB',
    bound: { relation: '≤', limit: 256 },
    how: `${what}: largest resident set of a replica, sampled 10 times a second, beyond what it had when it knew the clusters and waited (${(
      first.rss.peakBytes / MB
    ).toFixed(0)} - ${(first.rss.baseBytes / MB).toFixed(
      0,
    )} MB; what its start left free counts as had)`,
  });
  report.add({
    name: `collect.loop_delay_p99_ms.${kind}`,
    value: first.loopDelayP99Ms,
    unit: 'ms',
    bound: { relation: '<', limit: 50 },
    how: `${what}: 99th percentile of monitorEventLoopDelay, of the worse replica (largest ${first.loopDelayMaxMs.toFixed(
      0,
    )} ms)`,
  });
  reportRequests(context, fleet, first);
}

function reportRequests(
  { report }: BenchmarkContext,
  { database: { kind }, ...fleet }: Fleet,
  first: FirstCollection,
) {
  const stats = Object.values(first.clusters);
  const mean = (of: (each: (typeof stats)[number]) => number) =>
    stats.reduce((sum, each) => sum + of(each), 0) / stats.length;
  report.add({
    name: `collect.requests_per_cluster.${kind}`,
    value: mean(each => each.requests),
    unit: 'requests',
    how: `Counted by ${fleet.size.clusters} clusters in one cycle: ${mean(
      each => each.seats,
    ).toFixed(
      0,
    )} APF seats in all (a list takes one seat per 100 objects, at most 10), at most ${Math.max(
      ...stats.map(each => each.maxInFlight),
    )} at a time, ${(mean(each => each.bytesSent) / 1024).toFixed(
      0,
    )} KB on the wire per cluster`,
  });
}

/** Such as "300 clusters, 100000 workloads, 300000 pods (postgres, 2 replicas)". */
export function describe({ size, database, replicas }: Fleet): string {
  return `${size.clusters} clusters, ${size.workloads} workloads, ${
    size.pods
  } pods (${database.kind}, ${replicas.length} ${
    replicas.length === 1 ? 'replica' : 'replicas'
  })`;
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
