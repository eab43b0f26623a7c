import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { ClusterConnection } from '../../ClusterConnection';
import { ClusterError } from '../../ClusterError';
import { RecordedCollectMetrics } from '../../__testUtils__/RecordedCollectMetrics';
import { ClusterStore } from '../../store/ClusterStore';
import { CollectorDatabase } from '../../store/CollectorDatabase';
import { CoverageStore } from '../../store/CoverageStore';
import { DatabaseObservationStore } from '../../store/DatabaseObservationStore';
import { DatabaseOutage } from '../../store/DatabaseOutage';
import { LedgerStore } from '../../store/LedgerStore';
import { BreakerStore } from '../BreakerStore';
import { CollectLoop } from '../CollectLoop';
import type { VisitOptions } from '../ClusterVisit';
import { CollectSchedule } from '../CollectSchedule';
import { CycleLog } from '../CycleLog';
import type { ReadIdentity } from '../ClusterEntry';
import { JobRunner } from '../JobRunner';
import { JobStore } from '../JobStore';
import { LeaseStore } from '../LeaseStore';
import type { RunJob } from '../RunJob';
import { RunRecorder } from '../RunRecorder';

/** The collectors of the tests' replicas. */
export const COLLECTORS = ['discovery', 'nodes', 'pods', 'deployments'];

/** What a test says about the clusters, and the bounds it wants. */
export interface ReplicaOptions {
  knex: Knex;
  name?: string;
  runJob: RunJob;
  readIdentity?: ReadIdentity;
  connect?(clusterName: string): Promise<ClusterConnection>;
  slots?: number;
  budgetMs?: number;
  renewMs?: number;
  leaseMs?: number;
  cadenceMs?: number;
  random?: () => number;
}

/** The whole queue of one replica, with everything below it real. */
export function createReplica(options: ReplicaOptions) {
  const { knex, name = 'one', random } = options;
  const logger = mockServices.logger.mock();
  const metrics = new RecordedCollectMetrics();
  const outage = new DatabaseOutage({ logger });
  const closing = new AbortController();
  const database = new CollectorDatabase({
    knex,
    outage,
    signal: closing.signal,
    idleTransactionMs: 60_000,
  });
  const coverage = new CoverageStore({ knex });
  const ledger = new LedgerStore({ knex });
  const clusters = new ClusterStore({ database });
  const jobs = new JobStore({ database, collectors: COLLECTORS });
  const leases = new LeaseStore({
    database,
    owner: name,
    collectors: COLLECTORS,
    leaseMs: options.leaseMs ?? 120_000,
    perClusterCap: 2,
  });
  const recorder = new RunRecorder({
    database,
    ledger,
    coverage,
    breakers: new BreakerStore({ threshold: 3, random }),
    schedule: new CollectSchedule(
      COLLECTORS.map(id => ({ id, cadenceMs: options.cadenceMs ?? 300_000 })),
      random,
    ),
    replica: name,
  });
  const renewMs = options.renewMs ?? 30_000;
  const runner = new JobRunner({
    logger,
    runJob: options.runJob,
    leases,
    budgetMs: options.budgetMs ?? 60_000,
    renewMs,
  });
  const visits = {
    entry: {
      logger,
      connect:
        options.connect ??
        (async clusterName => ({ clusterName } as ClusterConnection)),
      readIdentity:
        options.readIdentity ??
        (async ({ clusterName }) => `uid-of-${clusterName}`),
      clusters,
      jobs,
    },
    leases,
    recorder,
    runner,
    renewMs,
  } satisfies VisitOptions;
  const loop = new CollectLoop({
    logger,
    metrics,
    cycles: new CycleLog({ logger, intervalMs: 3_600_000 }),
    outage,
    slots: options.slots ?? 4,
    pollMs: 20,
    visits,
  });
  return {
    logger,
    metrics,
    outage,
    closing,
    database,
    coverage,
    ledger,
    clusters,
    jobs,
    leases,
    visits,
    loop,
    observations: new DatabaseObservationStore({
      database,
      coverage,
      listeners: [],
    }),
  };
}

/** Ends only when it is told to stop. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
    }
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

/** A way in for which there is no token. */
export async function withoutToken(clusterName: string): Promise<never> {
  throw new ClusterError({
    code: 'credentials',
    clusterName,
    message: 'no token',
  });
}

/** Waits until a condition holds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      throw new Error(`Not within ${timeoutMs} ms: ${holds}`);
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
