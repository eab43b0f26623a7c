import {
  supportInBrief,
  supportOf,
  type Cluster,
  type ClusterSupportDetail,
  type Coverage,
  type NodePool,
} from '@roadbed/backstage-plugin-platform-common';
import type { AccessProblem, CoverageProblem } from '../collect/store/tables';
import {
  clusterVerdict,
  type CollectorInfo,
  type CollectorVerdict,
} from './clusterVerdict';
import { isoOrNull } from './isoOrNull';

/** What is stored about a cluster, read in one go. All instants in epoch milliseconds. */
export interface StoredCluster {
  rowId: number;
  name: string;
  title: string | null;
  uid: string | null;
  access: 'direct' | 'proxy' | null;
  accessProblem: AccessProblem | null;
  duplicateOf: number | null;
  missingSince: number | null;
  verifiedAt: number | null;
  attributes: Cluster['attributes'];
  /** The resource of the catalog that describes it. */
  entityRef: string | null;
  breaker: {
    openUntil: number | null;
    unreachableSince: number | null;
    code: string | null;
    message: string | null;
  } | null;
  facts: {
    gitVersion: string | null;
    minor: string | null;
    emulated: boolean;
    nodesTotal: number | null;
    nodesReady: number | null;
    namespaces: number | null;
    workloadsTotal: number | null;
    workloadsNotReady: number | null;
    podsTotal: number | null;
    podsReady: number | null;
    nodePools: NodePool[];
  } | null;
}

/** What is stored about one collector of a cluster. */
export interface StoredCoverage {
  collector: string;
  objects: number;
  completeAt: number | null;
  attemptAt: number | null;
  problem: CoverageProblem | null;
  dueAt: number | null;
  /** Present while a run goes on. */
  progress: { objects: number; expected: number | null } | null;
}

/** {@link StoredCluster} with its verdict, as it is served. */
export interface ClusterView {
  stored: StoredCluster;
  cluster: Cluster;
  coverage: Coverage[];
  /** The support of its version in full; `cluster` has it in brief. */
  support: ClusterSupportDetail;
}

/** Puts the verdict on a stored cluster. */
export function clusterView(options: {
  stored: StoredCluster;
  coverage: StoredCoverage[];
  collectors: readonly CollectorInfo[];
  /** `undefined` for a cluster that the caller may not see. */
  nameOf(rowId: number): string | undefined;
  now: number;
}): ClusterView {
  const { stored, collectors, nameOf, now } = options;
  const byCollector = new Map(
    options.coverage.map(entry => [entry.collector, entry]),
  );
  const { state, reasons, oldestAt, newestAt, ...verdict } = clusterVerdict({
    stored,
    coverageOf: collector => byCollector.get(collector),
    collectors,
    nameOf,
    now,
  });
  const coverage = verdict
    .coverage()
    .map(entry => servedCoverage(entry, byCollector.get(entry.collector)));
  const { facts } = stored;
  const support = supportOf({
    provider: stored.attributes.provider?.value,
    minor: facts?.minor ?? undefined,
    now,
  });
  return {
    stored,
    coverage,
    support,
    cluster: {
      id: stored.name,
      name: stored.name,
      ...(stored.title && { title: stored.title }),
      state,
      reasons,
      attributes: stored.attributes,
      entityRef: stored.entityRef,
      support: supportInBrief(support),
      version:
        facts?.gitVersion && facts.minor
          ? {
              gitVersion: facts.gitVersion,
              minor: facts.minor,
              emulated: facts.emulated,
            }
          : null,
      nodes: pair(facts?.nodesTotal, facts?.nodesReady, 'ready'),
      namespaces: facts?.namespaces ?? null,
      workloads: pair(
        facts?.workloadsTotal,
        facts?.workloadsNotReady,
        'notReady',
      ),
      pods: pair(facts?.podsTotal, facts?.podsReady, 'ready'),
      oldestDataAt: isoOrNull(oldestAt),
      newestDataAt: isoOrNull(newestAt),
    },
  };
}

function servedCoverage(
  verdict: CollectorVerdict,
  stored: StoredCoverage | undefined,
): Coverage {
  const { collector, title, state, asOf, cadenceMs, problem } = verdict;
  return {
    collector,
    title,
    state,
    objects: stored?.objects ?? 0,
    asOf,
    lastAttemptAt: isoOrNull(stored?.attemptAt ?? null),
    nextDueAt: isoOrNull(stored?.dueAt ?? null),
    cadenceSeconds: cadenceMs / 1_000,
    ...(problem && { problem }),
    ...(stored?.progress && { progress: stored.progress }),
  };
}

/** Two numbers that are known together, or `null`. */
function pair<K extends string>(
  total: number | null | undefined,
  part: number | null | undefined,
  name: K,
): ({ total: number } & Record<K, number>) | null {
  if (typeof total !== 'number' || typeof part !== 'number') return null;
  return { total, [name]: part } as { total: number } & Record<K, number>;
}
