import { NOT_READY_STATUSES } from '@roadbed/backstage-plugin-platform-common';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import type {
  ObservationChange,
  ObservationListener,
} from '../collect/observations';
import {
  chunks,
  insertChunkSize,
  parseJson,
  whereInArray,
} from '../collect/store/dialect';
import type { CollectCoverageRow } from '../collect/store/tables';
import {
  refreshNodes,
  refreshVersion,
  updateClusterFacts,
} from './clusterFacts';
import { cronJobsOfJobs, isOwnedByCronJob, podSumsOf } from './cronJobs';
import { readByKey } from './observedDocuments';
import { podTotals } from './podTotals';
import { podSumKey, type PodSumDocument } from './podSums';
import {
  COLLECTOR_BY_KIND,
  KIND_BY_COLLECTOR,
  WORKLOAD_COLLECTORS,
  workloadCollectorsOf,
} from './workloadCollectors';
import { workloadRow } from './workloadRow';

/**
 * Keeps what the Fleet pages read in step with what was observed, inside the
 * transaction that changes it.
 */
export class FleetReadModel implements ObservationListener {
  readonly #workloadCollectors: string[];

  /** @param options.collectors - ids of the collectors that run */
  constructor(options: { collectors: readonly string[] }) {
    this.#workloadCollectors = workloadCollectorsOf(options.collectors);
  }

  async onChange(
    tx: Knex.Transaction,
    change: ObservationChange,
  ): Promise<void> {
    const { clusterId, collector, complete } = change;
    const changed = change.upserted.length > 0 || change.deletedKeys.length > 0;
    if (collector === 'discovery' && changed) {
      await refreshVersion(tx, clusterId);
    } else if (collector === 'nodes' && (changed || complete)) {
      await refreshNodes(tx, { clusterId, complete });
    } else if (collector === 'namespaces' && complete) {
      await updateClusterFacts(tx, clusterId, {
        namespaces: await countObserved(tx, clusterId, 'namespaces'),
      });
    } else if (collector === 'pods') {
      await podsChanged(tx, change);
    } else if (collector in KIND_BY_COLLECTOR) {
      await workloadsChanged(tx, change, this.#workloadCollectors);
    }
  }
}

async function countObserved(
  tx: Knex.Transaction,
  clusterId: number,
  collector: string,
): Promise<number> {
  const [{ count }] = await tx('observed_objects')
    .where({ cluster_id: clusterId, collector })
    .count({ count: '*' });
  return Number(count);
}

async function workloadsChanged(
  tx: Knex.Transaction,
  change: ObservationChange,
  counted: string[],
): Promise<void> {
  const { clusterId, collector, upserted, deletedKeys } = change;
  for (const keys of chunks(deletedKeys, 1_000)) {
    await whereInArray(
      tx('fleet_workloads').where({ cluster_id: clusterId }),
      'key',
      keys,
    ).delete();
  }
  await writeWorkloads(tx, { clusterId, collector, objects: upserted });
  if (collector === 'jobs' && (upserted.length > 0 || deletedKeys.length > 0)) {
    await rewriteCronJobs(tx, clusterId, upserted);
  }
  if (upserted.length > 0 || deletedKeys.length > 0 || change.complete) {
    await refreshWorkloadTotals(tx, change, counted);
  }
}

/** Writes the rows of workloads that are stored, with the pods they have. */
async function writeWorkloads(
  tx: Knex.Transaction,
  options: { clusterId: number; collector: string; objects: ObservedObject[] },
): Promise<void> {
  const { clusterId, collector } = options;
  const kind = KIND_BY_COLLECTOR[collector];
  // A cron job's jobs are its runs, not workloads of their own.
  const objects =
    kind === 'Job'
      ? options.objects.filter(object => !isOwnedByCronJob(object))
      : options.objects;
  if (objects.length === 0) return;
  const podsKnown = await arePodsKnown(tx, clusterId);
  const sums = podsKnown
    ? await podSumsOf(tx, { clusterId, kind, objects })
    : new Map<string, PodSumDocument>();
  const rows = objects.map(object =>
    workloadRow({
      clusterId,
      kind,
      object,
      podsKnown,
      pods: sums.get(object.key),
    }),
  );
  for (const part of chunks(rows, insertChunkSize(13))) {
    await tx('fleet_workloads')
      .insert(part)
      .onConflict(['cluster_id', 'key'])
      .merge();
  }
}

/** Pods are known once they were collected completely, and stay so. */
async function arePodsKnown(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<boolean> {
  const facts = await tx('fleet_clusters')
    .where({ cluster_id: clusterId })
    .first('pods_total');
  return (facts?.pods_total ?? null) !== null;
}

async function podsChanged(
  tx: Knex.Transaction,
  change: ObservationChange,
): Promise<void> {
  const { clusterId, upserted, deletedKeys, complete } = change;
  const firstTime = !(await arePodsKnown(tx, clusterId));
  // Before the first complete list there may be sums still to come.
  if (firstTime && !complete) return;
  if (!firstTime && upserted.length === 0 && deletedKeys.length === 0) return;
  await refreshPodTotals(tx, clusterId);
  const keys = new Set([...upserted.map(({ key }) => key), ...deletedKeys]);
  await rewritePods(tx, clusterId, firstTime ? undefined : keys);
}

/** Rewrites the workloads whose pods changed; all of them without `podKeys`. */
async function rewritePods(
  tx: Knex.Transaction,
  clusterId: number,
  podKeys: Set<string> | undefined,
): Promise<void> {
  const rows: Array<{
    key: string;
    kind: keyof typeof COLLECTOR_BY_KIND;
    namespace: string;
    name: string;
  }> = await tx('fleet_workloads')
    .where({ cluster_id: clusterId })
    .select('key', 'kind', 'namespace', 'name');
  const jobsChanged =
    podKeys === undefined || [...podKeys].some(key => key.startsWith('Job/'));
  for (const collector of WORKLOAD_COLLECTORS) {
    const kind = KIND_BY_COLLECTOR[collector];
    const keys = rows
      .filter(
        row =>
          row.kind === kind &&
          (podKeys === undefined ||
            podKeys.has(podSumKey(row)) ||
            (kind === 'CronJob' && jobsChanged)),
      )
      .map(({ key }) => key);
    const objects = await readByKey(tx, { clusterId, collector, keys });
    await writeWorkloads(tx, { clusterId, collector, objects });
  }
}

/** The jobs of cron jobs changed: so did what their pods add up to. */
async function rewriteCronJobs(
  tx: Knex.Transaction,
  clusterId: number,
  jobs: ObservedObject[],
): Promise<void> {
  const keys = cronJobsOfJobs(jobs);
  if (keys.length === 0) return;
  await writeWorkloads(tx, {
    clusterId,
    collector: 'cronjobs',
    objects: await readByKey(tx, { clusterId, collector: 'cronjobs', keys }),
  });
}

/**
 * Counts workloads. Their number is known only when each of the `counted`
 * collectors has been complete once; a collector that is not served counts as complete.
 */
async function refreshWorkloadTotals(
  tx: Knex.Transaction,
  { clusterId, collector, complete }: ObservationChange,
  counted: string[],
): Promise<void> {
  const rows: Array<
    Pick<CollectCoverageRow, 'collector' | 'complete_at' | 'problem'>
  > = await tx('collect_coverage')
    .where({ cluster_id: clusterId })
    .whereIn('collector', counted)
    .select('collector', 'complete_at', 'problem');
  const known = new Set(
    rows
      .filter(
        row =>
          row.complete_at !== null ||
          parseJson(row.problem)?.code === 'not_served',
      )
      .map(row => row.collector),
  );
  if (complete) known.add(collector);
  if (known.size < counted.length) return;
  const [{ total, bad }] = await tx('fleet_workloads')
    .where({ cluster_id: clusterId })
    .whereIn(
      'kind',
      counted.map(id => KIND_BY_COLLECTOR[id]),
    )
    .select({
      total: tx.raw('count(*)'),
      bad: tx.raw(
        `count(case when status in (${NOT_READY_STATUSES.map(() => '?').join(
          ', ',
        )}) then 1 end)`,
        [...NOT_READY_STATUSES],
      ),
    });
  await updateClusterFacts(tx, clusterId, {
    workloads_total: Number(total),
    workloads_not_ready: Number(bad),
  });
}

async function refreshPodTotals(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<void> {
  const { pods, ready } = await podTotals(tx, clusterId);
  await updateClusterFacts(tx, clusterId, {
    pods_total: pods,
    pods_ready: ready,
  });
}
