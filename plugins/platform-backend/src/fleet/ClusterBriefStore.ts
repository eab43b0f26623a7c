import type { Knex } from 'knex';
import {
  isPostgres,
  nowMs,
  parseJson,
  toMillis,
} from '../collect/store/dialect';
import type {
  BigIntValue,
  ClusterRow,
  CoverageProblem,
  JsonValueOf,
} from '../collect/store/tables';
import type { ClusterScope } from './access/Caller';
import type { StoredClusterBrief } from './clusterBrief';
import { storedBreaker, type BreakerColumns } from './storedBreaker';

type BriefRow = Pick<
  ClusterRow,
  | 'id'
  | 'name'
  | 'title'
  | 'access_problem'
  | 'duplicate_of'
  | 'missing_since_at'
> &
  BreakerColumns & { environment: string | null; now: BigIntValue };

interface CoverageRow {
  cluster_id: number;
  /** Of each collector. */
  complete_at: JsonValueOf<Record<string, number | null>>;
  /** Of those that have one. */
  problems: JsonValueOf<Record<string, CoverageProblem>> | null;
}

const NOT_COLLECTED: StoredClusterBrief['coverageOf'] = () => undefined;

/** Reads of clusters what a list of workloads says about them, and no more. */
export class ClusterBriefStore {
  constructor(private readonly options: { knex: Knex }) {}

  /**
   * The clusters of the portal's list in a scope, and the database's clock in
   * epoch milliseconds; 0 where there are none, whose age would matter.
   *
   * @param rowIds - those of these rows; all of them when absent
   */
  async read(
    scope: ClusterScope,
    rowIds?: readonly number[],
  ): Promise<{ now: number; clusters: StoredClusterBrief[] }> {
    const [rows, coverage] = await Promise.all([
      this.#clusters(scope, rowIds),
      this.#coverage(rowIds),
    ]);
    const clusters = rows.map(row => ({
      rowId: row.id,
      name: row.name,
      title: row.title,
      environment: row.environment,
      accessProblem: parseJson(row.access_problem),
      duplicateOf: row.duplicate_of,
      missingSince: toMillis(row.missing_since_at),
      breaker: storedBreaker(row),
      coverageOf: coverage.get(row.id) ?? NOT_COLLECTED,
    }));
    return { now: toMillis(rows.at(0)?.now ?? 0), clusters };
  }

  async #clusters(
    scope: ClusterScope,
    rowIds?: readonly number[],
  ): Promise<BriefRow[]> {
    const query = this.options
      .knex({ c: 'clusters' })
      .leftJoin({ b: 'cluster_breakers' }, 'b.cluster_id', 'c.id')
      .leftJoin({ e: 'fleet_cluster_attributes' }, join =>
        join.on('e.cluster_id', 'c.id').andOnVal('e.attribute', 'environment'),
      )
      .where('c.active', true);
    scope.narrow(query, 'c.id');
    if (rowIds) query.whereIn('c.id', rowIds as number[]);
    return query.select(
      'c.id',
      'c.name',
      'c.title',
      'c.access_problem',
      'c.duplicate_of',
      'c.missing_since_at',
      'b.open_until_at',
      'b.unreachable_since_at',
      'b.last_error_code',
      'b.last_error_message',
      { environment: 'e.value', now: nowMs(this.options.knex) },
    );
  }

  /**
   * What each collector has, by cluster: one row per cluster, because drivers
   * take longer over a row than databases over what is in it.
   */
  async #coverage(
    rowIds?: readonly number[],
  ): Promise<Map<number, StoredClusterBrief['coverageOf']>> {
    const { knex } = this.options;
    const query = knex('collect_coverage').groupBy('cluster_id');
    if (rowIds) query.whereIn('cluster_id', rowIds as number[]);
    const rows: CoverageRow[] = await query.select('cluster_id', {
      complete_at: knex.raw(
        isPostgres(knex)
          ? 'json_object_agg(collector, complete_at)'
          : 'json_group_object(collector, complete_at)',
      ),
      problems: knex.raw(
        isPostgres(knex)
          ? 'json_object_agg(collector, problem) filter (where problem is not null)'
          : `case when count(problem) > 0 then
               json_group_object(collector, json(problem)) filter (where problem is not null)
             end`,
      ),
    });
    return new Map(rows.map(row => [row.cluster_id, coverageOf(row)]));
  }
}

/** Looked up where it is asked for: a card reads a thousand of these. */
function coverageOf(row: CoverageRow): StoredClusterBrief['coverageOf'] {
  const completeAt = parseJson(row.complete_at);
  const problems = parseJson(row.problems);
  return collector =>
    Object.hasOwn(completeAt, collector)
      ? {
          completeAt: completeAt[collector],
          problem: problems?.[collector] ?? null,
        }
      : undefined;
}
