/** How a metric is kept: by adding up, by distribution, or as it is when asked for. */
export type MetricKind = 'counter' | 'histogram' | 'gauge' | 'observedCounter';

/** One metric: everything that documentation, alerts and dashboards rely on. */
export interface MetricDefinition<L extends string = string> {
  kind: MetricKind;
  /** In OpenTelemetry style. */
  name: string;
  /** A UCUM unit, or what is counted in braces; empty for a yes or no. */
  unit: string;
  description: string;
  labels: readonly L[];
  /** Upper bounds of the buckets of a histogram. */
  buckets?: readonly number[];
}

const define =
  (kind: MetricKind, buckets?: readonly number[]) =>
  <const L extends string = never>(
    name: string,
    definition: { unit: string; description: string; labels?: readonly L[] },
  ): MetricDefinition<L> =>
    Object.freeze({ kind, name, labels: [], buckets, ...definition });

const counter = define('counter');
const observedCounter = define('observedCounter');
const gauge = define('gauge');
/** Runs end within their budget, two minutes unless configured otherwise. */
const runSeconds = define(
  'histogram',
  [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
);
/** A poll is a second; a quarter of an hour is the longest back-off. */
const waitSeconds = define(
  'histogram',
  [0.5, 1, 2.5, 5, 15, 30, 60, 300, 900, 3600],
);
const answerSeconds = define(
  'histogram',
  [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
);

/**
 * Every metric of the platform plugin.
 *
 * @remarks
 * Names of what has a unit end in it. The exporter for Prometheus of the
 * JavaScript SDK does not append units, a collector and Prometheus' own OTLP
 * receiver append one that is not there yet; so the names are the same
 * whichever way the figures take.
 *
 * Labels have few values whatever the size of the fleet. There is none for
 * clusters: 3,000 clusters times 20 collectors would be 60,000 series of each
 * metric, and metrics know no permissions, so that names of clusters would
 * reach people who may not see them.
 */
export const metricDefinitions = Object.freeze({
  runs: counter('roadbed.collect.runs', {
    unit: '{run}',
    description: 'Runs that ended, each of one collector against one cluster',
    labels: ['collector', 'outcome'],
  }),
  problems: counter('roadbed.collect.problems', {
    unit: '{run}',
    description: 'Runs that were no success, by what stood in their way',
    labels: ['code'],
  }),
  runDuration: runSeconds('roadbed.collect.duration.seconds', {
    unit: 's',
    description: 'How long runs took, from the claim to the ledger',
    labels: ['collector', 'outcome'],
  }),
  lateness: waitSeconds('roadbed.collect.lateness.seconds', {
    unit: 's',
    description: 'How long jobs had been due when they were started',
  }),
  objects: counter('roadbed.collect.objects', {
    unit: '{object}',
    description: 'Objects that lists named and probes found',
    labels: ['collector'],
  }),
  pages: counter('roadbed.collect.pages', {
    unit: '{page}',
    description: 'Pages of lists that were read',
    labels: ['collector'],
  }),
  requests: counter('roadbed.collect.requests', {
    unit: '{request}',
    description: 'Requests to API servers, repeated ones included',
    labels: ['collector'],
  }),
  bytes: counter('roadbed.collect.bytes', {
    unit: 'By',
    description:
      'Bodies that API servers sent, on the wire, before decompression',
    labels: ['collector'],
  }),
  writes: counter('roadbed.collect.writes', {
    unit: '{object}',
    description:
      'What became of stored objects: inserted, updated, deleted, or left as they were',
    labels: ['collector', 'change'],
  }),
  lostLeases: counter('roadbed.collect.leases.lost', {
    unit: '{lease}',
    description:
      'Runs whose job another replica had taken over, so that they could write nothing more',
  }),
  breakerChanges: counter('roadbed.collect.breaker.changes', {
    unit: '{change}',
    description:
      'Circuit breakers of clusters that opened (no answer) or closed (answers again)',
    labels: ['change'],
  }),
  claims: counter('roadbed.collect.claims', {
    unit: '{claim}',
    description: 'Times the queue was asked for jobs, and whether it answered',
    labels: ['outcome'],
  }),
  slots: gauge('roadbed.collect.slots', {
    unit: '{slot}',
    description: 'Runs that this process could have at a time, busy and free',
    labels: ['state'],
  }),
  clusterListReads: counter('roadbed.clusterlist.reads', {
    unit: '{read}',
    description: 'Times the Kubernetes plugin was asked for its clusters',
    labels: ['outcome'],
  }),
  clusterListAge: gauge('roadbed.clusterlist.age.seconds', {
    unit: 's',
    description: 'Since the list of clusters was last read by any replica',
  }),
  queueJobs: gauge('roadbed.queue.jobs', {
    unit: '{job}',
    description:
      'Jobs of all replicas: running, due without anybody at work on them, or waiting for their time',
    labels: ['state'],
  }),
  queueOldest: gauge('roadbed.queue.oldest.seconds', {
    unit: 's',
    description: 'How long the longest-waiting due job has waited',
  }),
  clusters: gauge('roadbed.fleet.clusters', {
    unit: '{cluster}',
    description: 'Clusters of the list, by their state',
    labels: ['state'],
  }),
  openBreakers: gauge('roadbed.fleet.breakers.open', {
    unit: '{cluster}',
    description: 'Clusters that are only probed, because they gave no answer',
  }),
  workloads: gauge('roadbed.fleet.workloads', {
    unit: '{workload}',
    description:
      'Workloads, by whether they belong to an entity; none until the catalog was read',
    labels: ['ownership'],
  }),
  readingAge: gauge('roadbed.reading.age.seconds', {
    unit: 's',
    description:
      'How old the figures about the stored work and the fleet are that this process shows; they keep their last values while they can not be read',
    labels: ['of'],
  }),
  catalogReads: counter('roadbed.catalog.reads', {
    unit: '{read}',
    description: 'Times the whole catalog was read, or could not be',
    labels: ['outcome'],
  }),
  catalogReadDuration: runSeconds('roadbed.catalog.read.duration.seconds', {
    unit: 's',
    description: 'How long it took to read the whole catalog',
  }),
  catalogAge: gauge('roadbed.catalog.age.seconds', {
    unit: 's',
    description: 'Since the whole catalog was last read by any replica',
  }),
  catalogChanges: counter('roadbed.catalog.changes', {
    unit: '{entity}',
    description: 'Entities that changed in the copy of the catalog',
    labels: ['change'],
  }),
  ownershipDecisions: counter('roadbed.ownership.decisions', {
    unit: '{workload}',
    description:
      'Workloads whose owner was decided again because the catalog changed',
  }),
  databaseUp: gauge('roadbed.database.up', {
    unit: '',
    description: '1 when the database answered collection last, else 0',
  }),
  databaseOutages: observedCounter('roadbed.database.outages', {
    unit: '{outage}',
    description: 'Outages of the database that collection waited through',
  }),
  answers: counter('roadbed.http.answers', {
    unit: '{answer}',
    description: 'Answers of the HTTP API, by operation and status',
    labels: ['route', 'status'],
  }),
  answerDuration: answerSeconds('roadbed.http.duration.seconds', {
    unit: 's',
    description: 'How long answers of the HTTP API took',
    labels: ['route'],
  }),
});
