import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import type {
  ObservationChange,
  ObservationListener,
} from '../collect/observations';
import { chunks, whereInArray } from '../collect/store/dialect';
import type { ClusterAttributes } from './attributes/ClusterAttributes';
import {
  isCounted,
  refreshNodes,
  refreshVersion,
  updateClusterFacts,
} from './clusterFacts';
import { refreshPodTotals, refreshWorkloadTotals } from './clusterTotals';
import { cronJobsOfJobs } from './cronJobs';
import { readByKey } from './observedDocuments';
import type { OwnershipUpdates } from './ownership/OwnershipUpdates';
import {
  deleteOwners,
  lockCluster,
  type WorkloadOwners,
} from './ownership/WorkloadOwners';
import { podSumKey } from './podSums';
import { refuseSharedKeys } from './refuseSharedKeys';
import {
  COLLECTOR_BY_KIND,
  KIND_BY_COLLECTOR,
  WORKLOAD_COLLECTORS,
  workloadCollectorsOf,
} from './workloadCollectors';
import { writeWorkloads } from './writeWorkloads';

/** What decides about owners and attributes. */
export interface FleetDecisions {
  owners: WorkloadOwners;
  ownership: OwnershipUpdates;
  attributes: ClusterAttributes;
}

/** Collectors whose objects make no workloads. */
const NO_PARENTS: readonly string[] = ['discovery', 'nodes', 'namespaces'];

/**
 * Keeps what the Fleet pages read in step with what was observed, inside the
 * transaction that changes it.
 */
export class FleetReadModel implements ObservationListener {
  readonly #workloadCollectors: string[];

  /** @param options.collectors - ids of the collectors that run */
  constructor(
    private readonly options: FleetDecisions & {
      collectors: readonly string[];
    },
  ) {
    this.#workloadCollectors = workloadCollectorsOf(options.collectors);
  }

  async onChange(
    tx: Knex.Transaction,
    change: ObservationChange,
  ): Promise<void> {
    const { clusterId, collector, complete, upserted, deletedKeys } = change;
    const changed = namesObjects(change);
    if (!changed && !complete) return;
    if (collector === 'pods') {
      await lockCluster(tx, clusterId);
      await podsChanged(tx, change);
    } else if (collector in KIND_BY_COLLECTOR) {
      await this.#workloadsChanged(tx, change);
    } else if (collector === 'discovery' || collector === 'nodes') {
      if (
        !changed &&
        (collector === 'discovery' ||
          (await isCounted(tx, clusterId, 'nodes_total')))
      ) {
        return;
      }
      await this.#clusterChanged(tx, change);
    } else if (collector === 'namespaces') {
      await this.#namespacesChanged(tx, change);
    }
    if (changed && !NO_PARENTS.includes(collector)) {
      await this.options.ownership.parentsChanged(tx, clusterId, [
        ...upserted.map(({ key }) => key),
        ...deletedKeys,
      ]);
    }
  }

  async #clusterChanged(
    tx: Knex.Transaction,
    { clusterId, collector, complete }: ObservationChange,
  ): Promise<void> {
    const { owners, attributes } = this.options;
    await owners.lock(tx, clusterId);
    if (collector === 'nodes') {
      await refreshNodes(tx, { clusterId, complete });
    } else {
      await refreshVersion(tx, clusterId);
    }
    await attributes.refresh(tx, [clusterId]);
  }

  async #namespacesChanged(
    tx: Knex.Transaction,
    change: ObservationChange,
  ): Promise<void> {
    const { owners, ownership } = this.options;
    const { clusterId, complete, upserted } = change;
    const counted = await isCounted(tx, clusterId, 'namespaces');
    if (!namesObjects(change) && counted) return;
    await owners.lock(tx, clusterId);
    if (complete || counted) {
      await updateClusterFacts(tx, clusterId, {
        namespaces: await countObserved(tx, clusterId, 'namespaces'),
      });
    }
    await ownership.namespacesChanged(
      tx,
      clusterId,
      upserted.map(({ name }) => name),
    );
  }

  async #workloadsChanged(
    tx: Knex.Transaction,
    change: ObservationChange,
  ): Promise<void> {
    const { owners } = this.options;
    const { clusterId, collector, upserted, deletedKeys } = change;
    const changed = namesObjects(change);
    if (!changed && (await isCounted(tx, clusterId, 'workloads_total'))) return;
    await owners.lock(tx, clusterId);
    for (const keys of chunks(deletedKeys, 1_000)) {
      await whereInArray(
        tx('fleet_workloads').where({ cluster_id: clusterId }),
        'key',
        keys,
      ).delete();
    }
    await deleteOwners(tx, clusterId, deletedKeys);
    await refuseSharedKeys(tx, {
      clusterId,
      clusterName: change.clusterName,
      kind: KIND_BY_COLLECTOR[collector],
      keys: upserted.map(({ key }) => key),
    });
    await writeWorkloads(tx, {
      clusterId,
      collector,
      objects: upserted,
      owners,
    });
    if (collector === 'jobs' && changed) {
      await rewriteCronJobs(tx, clusterId, upserted);
    }
    await refreshWorkloadTotals(tx, change, this.#workloadCollectors);
  }
}

/** Whether any object changed; a list may be complete without that. */
function namesObjects({ upserted, deletedKeys }: ObservationChange): boolean {
  return upserted.length > 0 || deletedKeys.length > 0;
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

async function podsChanged(
  tx: Knex.Transaction,
  change: ObservationChange,
): Promise<void> {
  const { clusterId, upserted, deletedKeys, complete } = change;
  const firstTime = !(await isCounted(tx, clusterId, 'pods_total'));
  // Before the first complete list there may be sums still to come.
  if (firstTime && !complete) return;
  if (!firstTime && !namesObjects(change)) return;
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
