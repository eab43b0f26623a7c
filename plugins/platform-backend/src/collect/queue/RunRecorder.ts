import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { nextTurn } from '../eventLoop';
import { LeaseLostError } from '../lease';
import type { CollectorDatabase } from '../store/CollectorDatabase';
import type { CoverageStore } from '../store/CoverageStore';
import { nowPlusMs } from '../store/dialect';
import { released, whereNewest } from '../store/fencing';
import type { LedgerStore } from '../store/LedgerStore';
import type { BreakerChange, BreakerStore } from './BreakerStore';
import { ABORTED, type CollectSchedule } from './CollectSchedule';
import type { ClaimedJob } from './LeaseStore';
import { reachability } from './reachability';
import type { RunProblem, RunReport } from './RunJob';

/** A run that ended, not on record yet; instants of the database clock. */
export interface EndedRun {
  job: ClaimedJob;
  report: RunReport;
  startedAt: number;
  finishedAt: number;
}

/** A run that is on record, and what its end changed beyond its own rows. */
export interface RecordedRun extends EndedRun {
  /** False when the job was taken over, so that only the ledger was written. */
  held: boolean;
  breaker: BreakerChange;
}

/**
 * Ends runs: ledger, coverage, circuit breaker and the next due time, all or
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

  /**
   * @param runs - of one cluster, at most one of each collector, in the order
   *   of their ends
   */
  async record(runs: readonly EndedRun[]): Promise<RecordedRun[]> {
    // One id for all attempts: repeating the transaction repeats no row.
    const identified = runs.map(run => ({ ...run, id: randomUUID() }));
    return this.options.database.write(async tx => {
      const held = await this.release(tx, runs);
      const ended = identified.map(run => ({
        ...run,
        held: held.has(run.job.lease.collector),
      }));
      await this.writeLedger(tx, ended);
      const ours = ended.filter(run => run.held);
      await this.options.coverage.ended(
        tx,
        ours.map(({ job, report, startedAt, finishedAt }) => ({
          job: job.lease,
          startedAt,
          finishedAt,
          problem: report.problem,
          complete: report.unchanged,
        })),
      );
      // Last, because what is counted once everything it is counted from was
      // complete may wait for several of these lists.
      for (const { report } of ours) {
        if (report.unchanged) {
          await nextTurn();
          await report.unchanged.tell(tx);
        }
      }
      const recorded: RecordedRun[] = [];
      let last: string | undefined;
      for (const { id, ...run } of ended) {
        // That a cluster answers is told once, however many runs saw it.
        const way = run.held ? wayOf(run) : undefined;
        const isNews = way !== undefined && (way !== 'reached' || way !== last);
        last = way ?? last;
        const breaker = isNews ? await this.tellBreaker(tx, run) : undefined;
        recorded.push({ ...run, breaker });
      }
      return recorded;
    });
  }

  private async writeLedger(
    tx: Knex.Transaction,
    runs: ReadonlyArray<EndedRun & { id: string; held: boolean }>,
  ) {
    await this.options.ledger.insert(
      tx,
      runs.map(({ id, job, held, startedAt, finishedAt, ...run }) => {
        const report = held ? run.report : asLost(job, run.report);
        const { applied, problem, outcome, ...traffic } = report;
        return {
          id,
          clusterId: job.lease.clusterId,
          collector: job.lease.collector,
          startedAt,
          finishedAt,
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
          epoch: job.lease.epoch,
        };
      }),
    );
  }

  /**
   * Ends the leases. The epochs move on, so that nothing that still runs in the
   * name of these leases can write.
   *
   * @returns the collectors whose lease was still the newest
   */
  private async release(
    tx: Knex.Transaction,
    runs: readonly EndedRun[],
  ): Promise<Set<string>> {
    const ends = runs.map(({ job, report: { problem } }) => {
      const failures = failuresAfter(job.fails, problem);
      const { collector } = job.lease;
      const delayMs = this.options.schedule.delayMs({
        collector,
        problem,
        failures,
      });
      return { collector, failures, dueAt: nowPlusMs(tx, delayMs) };
    });
    const each = (value: (end: (typeof ends)[number]) => Knex.Raw) =>
      tx.raw(
        `case collector ${ends.map(() => 'when ? then ?').join(' ')} end`,
        ends.flatMap(end => [end.collector, value(end)]),
      );
    const held = await whereNewest(
      tx('collect_jobs'),
      runs.map(({ job }) => job.lease),
    )
      .update({
        ...released(tx),
        due_at: each(({ dueAt }) => dueAt),
        fails: each(({ failures }) => tx.raw('cast(? as integer)', [failures])),
      })
      .returning<Array<{ collector: string }>>('collector');
    return new Set(held.map(({ collector }) => collector));
  }

  private async tellBreaker(
    tx: Knex.Transaction,
    run: EndedRun,
  ): Promise<BreakerChange> {
    const { breakers } = this.options;
    const { lease } = run.job;
    const { problem } = run.report;
    const way = wayOf(run);
    if (way === 'reached') {
      return breakers.reached(tx, lease.clusterId);
    }
    if (way === 'unreached' && problem) {
      return breakers.unreached(tx, {
        clusterId: lease.clusterId,
        collector: lease.collector,
        startedAt: run.startedAt,
        code: problem.code,
        message: problem.message,
      });
    }
    return undefined;
  }
}

function wayOf({ report }: EndedRun) {
  return reachability(report.problem?.code);
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
