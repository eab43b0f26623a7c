import type { Knex } from 'knex';
import type { Lease } from '../lease';
import { nowMs, parseJson, toJson, toMillis } from './dialect';
import type { CollectCoverageRow, CoverageProblem } from './tables';

/** What one collector has from one cluster, and how old that is. */
export interface CoverageRecord {
  clusterId: number;
  collector: string;
  /** Rows that are stored. */
  objects: number;
  /** Epoch milliseconds of the last complete list; `null` before the first. */
  completeAt: number | null;
  completeResourceVersion: string | null;
  /** When the last run that ended was started. */
  attemptAt: number | null;
  /** Why the last attempt was not complete. */
  problem: CoverageProblem | null;
}

/** A list that was complete. */
interface CompleteList {
  objects: number;
  resourceVersion: string | null;
}

type JobKey = Pick<Lease, 'clusterId' | 'collector'>;

/**
 * The coverage of the collectors. Its writes belong to the transaction of what
 * they record, which has checked the lease.
 */
export class CoverageStore {
  constructor(private readonly options: { knex: Knex }) {}

  /** A complete list was stored: the only way in which data becomes newer. */
  async complete(
    tx: Knex.Transaction,
    job: JobKey,
    list: CompleteList,
  ): Promise<void> {
    await this.merge(tx, job, completion(tx, list));
  }

  /**
   * A run ended. When it was not complete, what was stored stays, with its
   * age; only the number of rows is brought up to date, for pages that were
   * stored before the list broke off.
   *
   * @param run.startedAt - of the database clock
   * @param run.problem - why it was not complete
   * @param run.complete - the list, when that it was is not on record yet
   */
  async ended(
    tx: Knex.Transaction,
    job: JobKey,
    run: {
      startedAt: number;
      problem?: CoverageProblem;
      complete?: CompleteList;
    },
  ): Promise<void> {
    const { startedAt, problem, complete } = run;
    await this.merge(tx, job, {
      attempt_at: startedAt,
      ...(complete && completion(tx, complete)),
      ...(problem && {
        problem: toJson({
          code: problem.code,
          message: problem.message,
          missingRule: problem.missingRule,
        }),
        objects: tx('observed_objects')
          .where({ cluster_id: job.clusterId, collector: job.collector })
          .count(),
      }),
    });
  }

  /** The coverage of one cluster, by collector. */
  async list(clusterId: number): Promise<CoverageRecord[]> {
    const rows = await this.options
      .knex<CollectCoverageRow>('collect_coverage')
      .where({ cluster_id: clusterId })
      .orderBy('collector')
      .select();
    return rows.map(row => ({
      clusterId: row.cluster_id,
      collector: row.collector,
      objects: row.objects,
      completeAt: toMillis(row.complete_at),
      completeResourceVersion: row.complete_rv,
      attemptAt: toMillis(row.attempt_at),
      problem: parseJson(row.problem),
    }));
  }

  private async merge(
    tx: Knex.Transaction,
    job: JobKey,
    values: Record<string, unknown>,
  ): Promise<void> {
    await tx('collect_coverage')
      .insert({
        cluster_id: job.clusterId,
        collector: job.collector,
        ...values,
      })
      .onConflict(['cluster_id', 'collector'])
      .merge(Object.keys(values));
  }
}

function completion(tx: Knex.Transaction, list: CompleteList) {
  return {
    objects: list.objects,
    complete_at: nowMs(tx),
    complete_rv: list.resourceVersion,
    problem: null,
  };
}
