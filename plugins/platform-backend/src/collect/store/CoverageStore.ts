import type { Knex } from 'knex';
import { groupBy } from '../../groupBy';
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

/** What a run that ended says about what is stored. */
export interface EndedCoverage {
  job: JobKey;
  /** Epoch milliseconds of the database clock. */
  startedAt: number;
  finishedAt: number;
  /** Why it was not complete. */
  problem?: CoverageProblem;
  /** The list, when that it was complete is not on record yet. */
  complete?: CompleteList;
}

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
    await this.merge(tx, [{ ...keyOf(job), ...completion(list, nowMs(tx)) }]);
  }

  /**
   * Runs of one cluster ended, at most one of each collector. Where one was not
   * complete, what was stored stays, with its age; only the number of rows is
   * brought up to date, for pages that were stored before the list broke off.
   */
  async ended(
    tx: Knex.Transaction,
    runs: readonly EndedCoverage[],
  ): Promise<void> {
    const values = runs.map(({ job, startedAt, finishedAt, ...run }) => ({
      ...keyOf(job),
      attempt_at: startedAt,
      ...(run.complete && completion(run.complete, finishedAt)),
      ...(run.problem && {
        problem: toJson({
          code: run.problem.code,
          message: run.problem.message,
          missingRule: run.problem.missingRule,
        }),
        objects: tx('observed_objects').where(keyOf(job)).count(),
      }),
    }));
    // One statement for all that write the same columns.
    const alike = groupBy(values, row => Object.keys(row).join());
    for (const rows of alike.values()) {
      await this.merge(tx, rows);
    }
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
    rows: Array<ReturnType<typeof keyOf> & Record<string, unknown>>,
  ): Promise<void> {
    const { cluster_id, collector, ...values } = rows[0];
    await tx('collect_coverage')
      .insert(rows)
      .onConflict(['cluster_id', 'collector'])
      .merge(Object.keys(values));
  }
}

function keyOf({ clusterId, collector }: JobKey) {
  return { cluster_id: clusterId, collector };
}

/** @param at - when it was complete, by the database's clock */
function completion(list: CompleteList, at: number | Knex.Raw<number>) {
  return {
    objects: list.objects,
    complete_at: at,
    complete_rv: list.resourceVersion,
    problem: null,
  };
}
