import {
  clusterState,
  coverageState,
  supportInBrief,
  supportOf,
  type Cluster,
  type ClusterSupportDetail,
  type Coverage,
  type NodePool,
} from '@roadbed/backstage-plugin-platform-common';
import type { AccessProblem, CoverageProblem } from '../collect/store/tables';

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

/** A collector, as far as its coverage needs it. */
export interface CollectorInfo {
  id: string;
  title: string;
  cadenceMs: number;
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
  // A second name is not collected, so nothing is missing from it.
  const isCollected =
    stored.accessProblem === null && stored.duplicateOf === null;
  const byCollector = new Map(
    options.coverage.map(entry => [entry.collector, entry]),
  );
  const coverage = isCollected
    ? collectors.map(collector =>
        coverageOf(collector, byCollector.get(collector.id), {
          clusterName: stored.name,
          now,
        }),
      )
    : [];
  const { state, reasons } = clusterState({
    accessProblem: stored.accessProblem ?? undefined,
    duplicateOf:
      stored.duplicateOf === null
        ? undefined
        : nameOf(stored.duplicateOf) ?? 'another cluster',
    missingSince: isoOrNull(stored.missingSince) ?? undefined,
    unreachable: unreachable(stored),
    coverage,
  });
  const ages = coverage.flatMap(({ asOf }) => asOf ?? []).sort();
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
      oldestDataAt: ages[0] ?? null,
      newestDataAt: ages[ages.length - 1] ?? null,
    },
  };
}

/** An instant as it is served. */
export function isoOrNull(millis: number | null): string | null {
  return millis === null ? null : new Date(millis).toISOString();
}

function coverageOf(
  collector: CollectorInfo,
  stored: StoredCoverage | undefined,
  { clusterName, now }: { clusterName: string; now: number },
): Coverage {
  const problem = stored?.problem
    ? {
        ...stored.problem,
        message: withoutName(stored.problem.message, clusterName),
      }
    : undefined;
  const completeAt = stored?.completeAt ?? null;
  return {
    collector: collector.id,
    title: collector.title,
    state: coverageState(
      { completeAt, cadenceMs: collector.cadenceMs, problem },
      now,
    ),
    objects: stored?.objects ?? 0,
    asOf: isoOrNull(completeAt),
    lastAttemptAt: isoOrNull(stored?.attemptAt ?? null),
    nextDueAt: isoOrNull(stored?.dueAt ?? null),
    cadenceSeconds: collector.cadenceMs / 1_000,
    ...(problem && { problem }),
    ...(stored?.progress && { progress: stored.progress }),
  };
}

function unreachable({ breaker, name }: StoredCluster) {
  if (!breaker || breaker.openUntil === null) return undefined;
  return {
    since: new Date(
      breaker.unreachableSince ?? breaker.openUntil,
    ).toISOString(),
    code: breaker.code ?? 'network',
    message: withoutName(breaker.message ?? 'does not answer', name),
  };
}

/** What is said of a cluster on its own page need not name it again. */
function withoutName(message: string, name: string): string {
  const prefix = `Cluster ${name}: `;
  const text = message.startsWith(prefix)
    ? message.slice(prefix.length)
    : message;
  // A sentence begins with a capital, an address does not.
  return /^\w+:\/\//.test(text) ? text : text[0].toUpperCase() + text.slice(1);
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
