import type {
  Health,
  HealthCheck,
} from '@roadbed/backstage-plugin-platform-common';
import type { LoopState } from '../collect/queue/CollectLoop';
import type { QueueState } from '../collect/queue/LeaseStore';
import { suggest } from '../config/suggest';
import { isoOrNull } from '../fleet/isoOrNull';

/** How many intervals may pass without a reading before that is a problem. */
const LIST_OVERDUE_INTERVALS = 5;
const CATALOG_OVERDUE_INTERVALS = 3;
/** How long a due job may wait before the replicas count as too few. */
const QUEUE_OVERDUE_MS = 5 * 60_000;
/** A loop with a free slot asks the queue every second. */
const STALLED_MS = 60_000;
/** Some clusters are always away; every fifth is a network or a credential. */
const UNREACHABLE_SHARE = 0.2;

/** What health is judged by. */
export interface HealthFacts {
  /** Epoch milliseconds of the database's clock. */
  now: number;
  /** Epoch milliseconds of this process, as the instants of `loop` are. */
  processNow: number;
  databaseClient: string;
  clusterList: { syncedAt: number | null; error: string | null };
  clusterListIntervalMs: number;
  catalog: { completeAt: number | null; error: string | null };
  catalogRefreshMs: number;
  /** Of the clusters that the caller may see. */
  clusters: Health['clusters'];
  /** The clusters of the list, and those that the configuration speaks of. */
  listedNames: readonly string[];
  configuredNames: readonly string[];
  queue: QueueState;
  replicaId: string;
  loop: LoopState;
  /** How long one run may take, in milliseconds. */
  jobBudgetMs: number;
}

/** What one part fails in, and what does not go well with it. */
interface Findings {
  failed?: string[];
  degraded?: string[];
}

/** Says whether Roadbed itself is well, and if not, which part and why. */
export function healthReport(facts: HealthFacts): Health {
  const { now, clusterList, catalog, queue, loop } = facts;
  const checks = [
    check('collection', collection(facts)),
    check('clusterList', list(facts)),
    check('clusters', clusters(facts)),
    check('catalog', catalogCopy(facts)),
    check('queue', queueLength(facts)),
    check('configuration', configuration(facts)),
  ];
  return {
    status: worstOf(checks),
    asOf: new Date(now).toISOString(),
    problems: checks.flatMap(({ problems }) => problems),
    checks,
    database: { client: facts.databaseClient },
    clusterList: {
      asOf: isoOrNull(clusterList.syncedAt),
      ...(clusterList.error !== null && { error: clusterList.error }),
    },
    catalogIndex: {
      asOf: isoOrNull(catalog.completeAt),
      ...(catalog.error !== null && { error: catalog.error }),
    },
    clusters: facts.clusters,
    queue: {
      jobs: queue.jobs,
      due: queue.due,
      running: queue.running,
      longestWaitSeconds: Math.round(queue.longestWaitMs / 1_000),
    },
    replica: { id: facts.replicaId, slots: loop.slots, busy: loop.busy },
  };
}

/**
 * Whether this replica does what it is there for: it collects, and there is a
 * list of clusters to answer from.
 */
export function isReady(
  facts: Pick<HealthFacts, 'loop' | 'clusterList'>,
): boolean {
  return (
    facts.loop.runningSince !== undefined &&
    facts.loop.lastClaimAt !== undefined &&
    facts.clusterList.syncedAt !== null
  );
}

function check(
  part: HealthCheck['part'],
  { failed = [], degraded = [] }: Findings,
): HealthCheck {
  const problems = [...failed, ...degraded];
  if (problems.length === 0) return { part, status: 'ok', problems };
  return { part, status: failed.length > 0 ? 'failed' : 'degraded', problems };
}

function worstOf(checks: HealthCheck[]): Health['status'] {
  const has = (status: HealthCheck['status']) =>
    checks.some(found => found.status === status);
  if (has('failed')) return 'not_ready';
  return has('degraded') ? 'degraded' : 'ok';
}

function collection({ loop, processNow, jobBudgetMs }: HealthFacts): Findings {
  if (loop.runningSince === undefined) {
    return {
      failed: ['Collection is not running: it is starting or was stopped'],
    };
  }
  if (loop.lastClaimAt === undefined) {
    return {
      failed: [
        'This replica has not got any answer from the queue since it started; see its log',
      ],
    };
  }
  // While all slots are taken nothing is asked for until a run ends.
  const isFull = loop.busy >= loop.slots;
  const silentMs = processNow - loop.lastClaimAt;
  return silentMs > STALLED_MS + (isFull ? jobBudgetMs : 0)
    ? {
        degraded: [
          `This replica last asked the queue for work ${minutes(
            silentMs,
          )} ago; see its log, and start it anew if that says nothing`,
        ],
      }
    : {};
}

function list(facts: HealthFacts): Findings {
  const { clusterList, now, clusterListIntervalMs, listedNames } = facts;
  const { syncedAt, error } = clusterList;
  const degraded: string[] = [];
  if (error !== null) {
    degraded.push(`The cluster list has a problem: ${error}`);
  }
  if (syncedAt === null) {
    return { failed: ['The cluster list was never read'], degraded };
  }
  if (now - syncedAt > LIST_OVERDUE_INTERVALS * clusterListIntervalMs) {
    degraded.push(
      `The cluster list was last read ${minutes(now - syncedAt)} ago`,
    );
  }
  if (listedNames.length === 0 && error === null) {
    degraded.push(
      'The Kubernetes plugin lists no cluster, so there is nothing to collect; see kubernetes.clusterLocatorMethods in app-config.yaml',
    );
  }
  return { degraded };
}

function clusters({ clusters: { total, unreachable } }: HealthFacts): Findings {
  return total > 0 && unreachable / total >= UNREACHABLE_SHARE
    ? {
        degraded: [
          `${unreachable} of ${total} clusters give no answer; what is shown of them is as old as their last collection`,
        ],
      }
    : {};
}

function catalogCopy(facts: HealthFacts): Findings {
  const { catalog, now, catalogRefreshMs } = facts;
  const { completeAt, error } = catalog;
  const degraded: string[] = [];
  if (error !== null) {
    degraded.push(`The catalog could not be read: ${error}`);
  }
  if (completeAt === null) {
    degraded.push(
      'The catalog was never read, so it is not known whose the workloads are',
    );
  } else if (now - completeAt > CATALOG_OVERDUE_INTERVALS * catalogRefreshMs) {
    degraded.push(`The catalog was last read ${minutes(now - completeAt)} ago`);
  }
  return { degraded };
}

function queueLength({ queue }: HealthFacts): Findings {
  return queue.longestWaitMs > QUEUE_OVERDUE_MS
    ? {
        degraded: [
          `${queue.due} jobs are due and the first waits for ${minutes(
            queue.longestWaitMs,
          )}; add replicas or raise platform.collect.slotsPerReplica`,
        ],
      }
    : {};
}

/** Settings for a cluster that is not there have no effect, silently. */
function configuration(facts: HealthFacts): Findings {
  const { clusterList, configuredNames, listedNames } = facts;
  if (clusterList.syncedAt === null) return {};
  return {
    degraded: configuredNames
      .filter(name => !listedNames.includes(name))
      .map(name => {
        const likely = suggest(name, listedNames);
        return `platform.fleet.clusters names "${name}", which the Kubernetes plugin does not list${
          likely ? ` (did you mean "${likely}"?)` : ''
        }`;
      }),
  };
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`;
}
