import type { Health } from '@roadbed/backstage-plugin-platform-common';
import type { QueueState } from '../collect/queue/LeaseStore';
import { suggest } from '../config/suggest';
import { isoOrNull } from './clusterView';

/** How long the cluster list may not have been read before that is a problem. */
const LIST_OVERDUE_INTERVALS = 5;
/** How long a due job may wait before the replicas count as too few. */
const QUEUE_OVERDUE_MS = 5 * 60_000;

/** Says whether Roadbed itself is well, and if not, why. */
export function health(facts: {
  /** Epoch milliseconds of the database's clock. */
  now: number;
  databaseClient: string;
  clusterList: { syncedAt: number | null; error: string | null };
  clusterListIntervalMs: number;
  /** The clusters of the list, and those that the configuration speaks of. */
  listedNames: string[];
  configuredNames: string[];
  queue: QueueState;
  replica: { id: string; slots: number; busy: number };
}): Health {
  const { now, clusterList, queue } = facts;
  const problems: string[] = [];
  if (clusterList.error !== null) {
    problems.push(`The cluster list has a problem: ${clusterList.error}`);
  }
  const overdue = LIST_OVERDUE_INTERVALS * facts.clusterListIntervalMs;
  if (clusterList.syncedAt !== null && now - clusterList.syncedAt > overdue) {
    problems.push(
      `The cluster list was last read ${Math.round(
        (now - clusterList.syncedAt) / 60_000,
      )} minutes ago`,
    );
  }
  if (clusterList.syncedAt !== null) problems.push(...unknownNames(facts));
  if (queue.longestWaitMs > QUEUE_OVERDUE_MS) {
    problems.push(
      `${queue.due} jobs are due and the first waits for ${Math.round(
        queue.longestWaitMs / 60_000,
      )} minutes; add replicas or raise platform.collect.slotsPerReplica`,
    );
  }
  return {
    status: problems.length === 0 ? 'ok' : 'degraded',
    asOf: new Date(now).toISOString(),
    problems,
    database: { client: facts.databaseClient },
    clusterList: {
      asOf: isoOrNull(clusterList.syncedAt),
      ...(clusterList.error !== null && { error: clusterList.error }),
    },
    queue: {
      jobs: queue.jobs,
      due: queue.due,
      running: queue.running,
      longestWaitSeconds: Math.round(queue.longestWaitMs / 1_000),
    },
    replica: facts.replica,
  };
}

/** Settings for a cluster that is not there have no effect, silently. */
function unknownNames(facts: {
  listedNames: string[];
  configuredNames: string[];
}): string[] {
  return facts.configuredNames
    .filter(name => !facts.listedNames.includes(name))
    .map(name => {
      const likely = suggest(name, facts.listedNames);
      return `platform.fleet.clusters names "${name}", which the Kubernetes plugin does not list${
        likely ? ` (did you mean "${likely}"?)` : ''
      }`;
    });
}
