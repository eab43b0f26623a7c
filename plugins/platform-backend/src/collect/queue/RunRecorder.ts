import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { LeaseLostError } from '../lease';
import type { CollectorDatabase } from '../store/CollectorDatabase';
import type { CoverageStore } from '../store/CoverageStore';
import { nowPlusMs } from '../store/dialect';
import { leaseKey } from '../store/fencing';
import type { LedgerStore } from '../store/LedgerStore';
import type { BreakerChange, BreakerStore } from './BreakerStore';
import { ABORTED, type CollectSchedule } from './CollectSchedule';
import type { ClaimedJob } from './LeaseStore';
import { reachability } from './reachability';
import type { RunProblem, RunReport } from './RunJob';

/** What the end of a run changed beyond its own rows. */
export interface RunEnd {
  /** False when the job was taken over, so that only the ledger was written. */
  held: boolean;
  breaker: BreakerChange;
}

/**
 * Ends a run: ledger, coverage, circuit breaker and the next due time, all or
 * nothing, in one transaction.
 */
export class RunRecorder {
  constructor(
    private readonly options: {
      database: CollectorDatabase;
      ledger: LedgerStore;
      coverage: CoverageStore;
      breakers: BreakerStore;
      schedule: CollectSchedule;
      replica: string;
    },
  ) {}

  async record(job: ClaimedJob, report: RunReport): Promise<RunEnd> {
    // One id for all attempts: repeating the transaction repeats no row.
    const runId = randomUUID();
    return this.options.database.write(async tx => {
      const held = await this.release(tx, { job, report });
      if (!held) {
        await this.writeLedger(tx, { runId, job, report: asLost(job, report) });
        return { held, breaker: undefined };
      }
      await this.writeLedger(tx, { runId, job, report });
      const { problem, unchanged } = report;
      await unchanged?.tell(tx);
      await this.options.coverage.ended(tx, job.lease, {
        startedAt: job.startedAt,
        problem,
        complete: unchanged,
      });
      return { held, breaker: await this.tellBreaker(tx, { job, report }) };
    });
  }

  private async writeLedger(
    tx: Knex.Transaction,
    run: { runId: string; job: ClaimedJob; report: RunReport },
  ) {
    const { lease, startedAt } = run.job;
    const { applied, problem, outcome, ...traffic } = run.report;
    await this.options.ledger.insert(tx, {
      id: run.runId,
      clusterId: lease.clusterId,
      collector: lease.collector,
      startedAt,
      outcome,
      objects: applied.objects,
      upserted: applied.upserted,
      deleted: applied.deleted,
      unchanged: applied.unchanged,
      pages: traffic.pages,
      requests: traffic.requests,
      bytes: traffic.bytes,
      resourceVersion: traffic.resourceVersion,
      code: problem?.code ?? null,
      message: problem?.message ?? null,
      replica: this.options.replica,
      epoch: lease.epoch,
    });
  }

  /**
   * Ends the lease. The epoch moves on, so that nothing that still runs in the
   * name of this lease can write.
   *
   * @returns whether the lease was still the newest
   */
  private async release(
    tx: Knex.Transaction,
    run: { job: ClaimedJob; report: RunReport },
  ): Promise<boolean> {
    const { lease } = run.job;
    const { problem } = run.report;
    const failures = failuresAfter(run.job.fails, problem);
    const delayMs = this.options.schedule.delayMs({
      collector: lease.collector,
      problem,
      failures,
    });
    const released = await tx('collect_jobs')
      .where(leaseKey(lease))
      .update({
        due_at: nowPlusMs(tx, delayMs),
        lease_until_at: null,
        lease_owner: null,
        epoch: lease.epoch + 1,
        fails: failures,
        started_at: null,
        progress_objects: null,
        progress_expected: null,
      });
    return released > 0;
  }

  private async tellBreaker(
    tx: Knex.Transaction,
    run: { job: ClaimedJob; report: RunReport },
  ): Promise<BreakerChange> {
    const { breakers } = this.options;
    const { lease, startedAt } = run.job;
    const { problem } = run.report;
    const way = reachability(problem?.code);
    if (way === 'reached') {
      return breakers.reached(tx, lease.clusterId);
    }
    if (way === 'unreached' && problem) {
      return breakers.unreached(tx, {
        clusterId: lease.clusterId,
        collector: lease.collector,
        startedAt,
        code: problem.code,
        message: problem.message,
      });
    }
    return undefined;
  }
}

/**
 * What the ledger says of a run whose job was taken over before it ended: a
 * list that was still to be recorded as complete is not.
 */
function asLost(job: ClaimedJob, report: RunReport): RunReport {
  if (!report.unchanged) {
    return report;
  }
  const { message } = new LeaseLostError(job.lease);
  return {
    ...report,
    outcome: 'partial',
    problem: { code: 'lease_lost', message },
  };
}

/** Failed runs in a row; a shutdown is nobody's failure. */
function failuresAfter(before: number, problem: RunProblem | undefined) {
  if (!problem) {
    return 0;
  }
  return problem.code === ABORTED ? before : before + 1;
}
