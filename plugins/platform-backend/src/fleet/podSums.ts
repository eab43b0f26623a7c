import type { WorkloadPods } from '@roadbed/backstage-plugin-platform-common';

/** What the collector `pods` stores about the pods of one owner. */
export interface PodSumDocument {
  phases: Record<string, number>;
  /** Pods that have not finished. */
  pods: number;
  ready: number;
  restarts: number;
  reasons: Record<string, number>;
  images: Array<{ container: string; image: string; digest?: string }>;
  nodes: string[];
  nodeCount: number;
}

/** The key under which the pods of an owner are stored. */
export function podSumKey(owner: {
  kind: string;
  namespace: string | null;
  name: string;
}): string {
  return `${owner.kind}/${owner.namespace ?? ''}/${owner.name}`;
}

/**
 * One sum over several, such as the pods of a cron job's jobs.
 *
 * @remarks
 * `nodeCount` of several sums is the number of different nodes among the names
 * that are kept, so at most an undercount.
 */
export function addPodSums(sums: PodSumDocument[]): PodSumDocument | undefined {
  if (sums.length <= 1) return sums[0];
  const nodes = [...new Set(sums.flatMap(sum => sum.nodes))];
  return {
    phases: addCounts(sums.map(sum => sum.phases)),
    pods: total(sums, sum => sum.pods),
    ready: total(sums, sum => sum.ready),
    restarts: total(sums, sum => sum.restarts),
    reasons: addCounts(sums.map(sum => sum.reasons)),
    images: sums.flatMap(sum => sum.images),
    nodes,
    nodeCount: nodes.length,
  };
}

/** As it is served; a workload without a row has no pods. */
export function workloadPods(sum: PodSumDocument | undefined): WorkloadPods {
  return {
    phases: sum?.phases ?? {},
    ready: sum?.ready ?? 0,
    restarts: sum?.restarts ?? 0,
    nodes: sum?.nodeCount ?? 0,
    reasons: sum?.reasons ?? {},
  };
}

function total(
  sums: PodSumDocument[],
  value: (sum: PodSumDocument) => number,
): number {
  return sums.reduce((result, sum) => result + value(sum), 0);
}

function addCounts(counts: Array<Record<string, number>>) {
  // A map, for a reason can be called `constructor`.
  const result = new Map<string, number>();
  for (const [name, count] of counts.flatMap(Object.entries<number>)) {
    result.set(name, (result.get(name) ?? 0) + count);
  }
  return Object.fromEntries(result);
}
