import {
  clusterStateSchema,
  compareMinors,
  type Cluster,
  type ClusterState,
  type FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import type { ClusterView } from './clusterView';
import { isoOrNull } from './isoOrNull';

/**
 * Sums a fleet up.
 *
 * @remarks
 * A second name of a cluster is listed but adds nothing to sums. A cluster
 * whose figure is not known is counted as such instead of as zero.
 */
export function fleetSummary(options: {
  views: ClusterView[];
  clusterList: { syncedAt: number | null; error: string | null };
  now: number;
  ownership: FleetSummary['ownership'];
  catalogIndex: FleetSummary['catalogIndex'];
}): FleetSummary {
  const { views, clusterList, now, ownership, catalogIndex } = options;
  const clusters = views.map(({ cluster }) => cluster);
  const counted = clusters.filter(({ state }) => state !== 'duplicate');
  const oldest = counted.flatMap(cluster => cluster.oldestDataAt ?? []).sort();
  const newest = counted.flatMap(cluster => cluster.newestDataAt ?? []).sort();
  const support: FleetSummary['support'] = {};
  for (const {
    support: { state },
  } of counted) {
    support[state] = (support[state] ?? 0) + 1;
  }
  const firstCollection = firstCollectionOf(views);
  return {
    asOf: new Date(now).toISOString(),
    clusters: countByState(views),
    nodes: sumOf(counted, ({ nodes }) => nodes, 'ready'),
    workloads: sumOf(counted, ({ workloads }) => workloads, 'notReady'),
    pods: sumOf(counted, ({ pods }) => pods, 'ready'),
    ownership,
    catalogIndex,
    support,
    oldestDataAt: oldest[0] ?? null,
    newestDataAt: newest[newest.length - 1] ?? null,
    versions: versionsOf(clusters),
    attention: attentionOf(clusters),
    ...(firstCollection && { firstCollection }),
    clusterList: {
      asOf: isoOrNull(clusterList.syncedAt),
      ...(clusterList.error !== null && { error: clusterList.error }),
    },
  };
}

/** Clusters by their state, second names of a cluster included. */
export function countByState(
  views: readonly Pick<ClusterView, 'cluster'>[],
): FleetSummary['clusters'] {
  const byState: FleetSummary['clusters']['byState'] = {};
  for (const {
    cluster: { state },
  } of views) {
    byState[state] = (byState[state] ?? 0) + 1;
  }
  return { total: views.length, byState };
}

function sumOf<K extends string>(
  clusters: Cluster[],
  figure: (cluster: Cluster) => ({ total: number } & Record<K, number>) | null,
  part: K,
): { total: number; unknownClusters: number } & Record<K, number> {
  let total = 0;
  let sum = 0;
  let unknownClusters = 0;
  for (const cluster of clusters) {
    const value = figure(cluster);
    total += value?.total ?? 0;
    sum += value?.[part] ?? 0;
    unknownClusters += value ? 0 : 1;
  }
  return { total, [part]: sum, unknownClusters } as ReturnType<typeof sumOf<K>>;
}

function versionsOf(clusters: Cluster[]): FleetSummary['versions'] {
  const rows = new Map<string | null, Cluster[]>();
  for (const cluster of clusters) {
    const minor = cluster.version?.minor ?? null;
    rows.set(minor, [...(rows.get(minor) ?? []), cluster]);
  }
  return [...rows]
    .sort(([a], [b]) => compareMinors(b ?? '', a ?? ''))
    .map(([minor, members]) => ({
      minor,
      clusters: members.map(({ name, attributes, state }) => ({
        name,
        environment: attributes.environment?.value ?? null,
        state,
      })),
    }));
}

function attentionOf(clusters: Cluster[]): FleetSummary['attention'] {
  const order = clusterStateSchema.options;
  return clusters
    .flatMap(({ name, state, reasons }) =>
      state === 'fresh' || state === 'collecting'
        ? []
        : { cluster: name, state, reason: reasons[0] },
    )
    .sort(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        (a.cluster < b.cluster ? -1 : 1),
    );
}

/** Clusters of which nothing more is to come for now. */
const NOT_WAITED_FOR: readonly ClusterState[] = ['unreachable', 'missing'];

/**
 * Going on while a collector of some cluster has neither finished nor failed.
 * A cluster that does not answer or has left the list is not waited for.
 */
function firstCollectionOf(views: ClusterView[]) {
  const collected = views.filter(
    ({ coverage, cluster }) =>
      coverage.length > 0 && !NOT_WAITED_FOR.includes(cluster.state),
  );
  const jobs = collected.flatMap(({ coverage }) => coverage);
  const isDone = (job: (typeof jobs)[number]) => job.state !== 'pending';
  if (jobs.every(isDone)) return undefined;
  return {
    clustersDone: collected.filter(({ coverage }) => coverage.every(isDone))
      .length,
    clustersTotal: collected.length,
    jobsDone: jobs.filter(isDone).length,
    jobsTotal: jobs.length,
    objects: jobs.reduce(
      (sum, job) => sum + (job.progress?.objects ?? job.objects),
      0,
    ),
  };
}
