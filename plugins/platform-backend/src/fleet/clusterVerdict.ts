import {
  clusterState,
  coverageState,
  type ClusterReason,
  type ClusterState,
  type Coverage,
} from '@roadbed/backstage-plugin-platform-common';
import type { StoredCluster, StoredCoverage } from './clusterView';
import { isoOrNull } from './isoOrNull';

/** A collector, as far as its coverage needs it. */
export interface CollectorInfo {
  id: string;
  title: string;
  cadenceMs: number;
}

/** What is stored about a cluster, as far as the verdict on it needs it. */
export type JudgedCluster = Pick<
  StoredCluster,
  'name' | 'accessProblem' | 'duplicateOf' | 'missingSince' | 'breaker'
>;

/** What is stored about a collector, as far as the verdict on it needs it. */
export type JudgedCoverage = Pick<StoredCoverage, 'completeAt' | 'problem'>;

/** The state of a cluster, and what it follows from. */
export interface ClusterVerdict {
  state: ClusterState;
  /** The most important first. */
  reasons: ClusterReason[];
  /** One for each collector that runs; none for clusters that are not collected. */
  coverage(): CollectorVerdict[];
  /** One of those. */
  coverageOf(collector: string): CollectorVerdict | undefined;
  /** Epoch milliseconds of the oldest and the newest data. */
  oldestAt: number | null;
  newestAt: number | null;
}

/**
 * What one collector has from one cluster.
 *
 * @remarks
 * Everything but the state is written out when it is asked for: a card judges by
 * a thousand collectors and shows a few of them.
 */
export class CollectorVerdict {
  readonly state: Coverage['state'];
  readonly completeAt: number | null;

  constructor(
    private readonly info: CollectorInfo,
    private readonly stored: JudgedCoverage | undefined,
    private readonly context: { clusterName: string; now: number },
  ) {
    this.completeAt = stored?.completeAt ?? null;
    this.state = stateOf(info, stored, context.now);
  }

  get collector(): string {
    return this.info.id;
  }

  get title(): string {
    return this.info.title;
  }

  get cadenceMs(): number {
    return this.info.cadenceMs;
  }

  get asOf(): string | null {
    return isoOrNull(this.completeAt);
  }

  get problem(): Coverage['problem'] {
    const problem = this.stored?.problem;
    return problem
      ? {
          ...problem,
          message: withoutName(problem.message, this.context.clusterName),
        }
      : undefined;
  }
}

/**
 * Puts the verdict on a stored cluster.
 *
 * @remarks
 * Most clusters are fresh, and lists judge by hundreds of them: what follows
 * from each collector is kept only where it says something.
 */
export function clusterVerdict(options: {
  stored: JudgedCluster;
  coverageOf(collector: string): JudgedCoverage | undefined;
  collectors: readonly CollectorInfo[];
  /** `undefined` for a cluster that the caller may not see. */
  nameOf(rowId: number): string | undefined;
  now: number;
}): ClusterVerdict {
  const { stored, coverageOf, nameOf, now } = options;
  // A second name is not collected, so nothing is missing from it.
  const isCollected =
    stored.accessProblem === null && stored.duplicateOf === null;
  const collectors = isCollected ? options.collectors : [];
  const context = { clusterName: stored.name, now };
  const judge = (info: CollectorInfo) =>
    new CollectorVerdict(info, coverageOf(info.id), context);
  const coverage = () => collectors.map(judge);
  const { hasGaps, oldestAt, newestAt } = inBrief(collectors, coverageOf, now);
  const { state, reasons } = clusterState({
    accessProblem: stored.accessProblem ?? undefined,
    duplicateOf:
      stored.duplicateOf === null
        ? undefined
        : nameOf(stored.duplicateOf) ?? 'another cluster',
    missingSince: isoOrNull(stored.missingSince) ?? undefined,
    unreachable: unreachable(stored),
    coverage: hasGaps ? coverage() : [],
  });
  return {
    state,
    reasons,
    oldestAt,
    newestAt,
    coverage,
    coverageOf: collector => {
      const info = collectors.find(({ id }) => id === collector);
      return info && judge(info);
    },
  };
}

/** What all collectors of a cluster come to. */
function inBrief(
  collectors: readonly CollectorInfo[],
  coverageOf: (collector: string) => JudgedCoverage | undefined,
  now: number,
): Pick<ClusterVerdict, 'oldestAt' | 'newestAt'> & { hasGaps: boolean } {
  let hasGaps = false;
  let oldestAt: number | null = null;
  let newestAt: number | null = null;
  for (const info of collectors) {
    const stored = coverageOf(info.id);
    const state = stateOf(info, stored, now);
    if (state !== 'collected' && state !== 'not_served') hasGaps = true;
    const completeAt = stored?.completeAt ?? null;
    if (completeAt === null) continue;
    if (oldestAt === null || completeAt < oldestAt) oldestAt = completeAt;
    if (newestAt === null || completeAt > newestAt) newestAt = completeAt;
  }
  return { hasGaps, oldestAt, newestAt };
}

function stateOf(
  { cadenceMs }: CollectorInfo,
  stored: JudgedCoverage | undefined,
  now: number,
): Coverage['state'] {
  return coverageState(
    {
      completeAt: stored?.completeAt ?? null,
      cadenceMs,
      problem: stored?.problem ?? undefined,
    },
    now,
  );
}

function unreachable({ breaker, name }: JudgedCluster) {
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
