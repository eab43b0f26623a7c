import type { CollectorDatabase } from './CollectorDatabase';
import { readNow } from './dialect';
import { utcDay } from './HistoryStore';
import { CLUSTER_TABLES, type ClusterRow } from './tables';

/** How long things are kept. */
export interface RetentionPolicy {
  /** Runs of the ledger are deleted when they are older than this. */
  runsMaxAgeMs: number;
  /** … or when there are more of the same cluster and collector. */
  runsPerCollector: number;
  /** Rows of replaced and given-up clusters, from that moment. */
  formerClustersMaxAgeMs: number;
  /** Days of a cluster's history. */
  historyMaxAgeMs: number;
}

/** What retention deleted, in rows. */
export interface RetentionResult {
  runs: number;
  clusters: number;
  days: number;
}

/** Deletes what is kept no longer, in transactions of one cluster each. */
export class RetentionStore {
  constructor(private readonly options: { database: CollectorDatabase }) {}

  async run(policy: RetentionPolicy): Promise<RetentionResult> {
    const { database } = this.options;
    const now = await database.read(readNow);
    const clusters = await this.deleteFormerClusters(
      now - policy.formerClustersMaxAgeMs,
    );
    let runs = 0;
    const ids = await database.read(knex =>
      knex('collect_runs').distinct<Array<{ cluster_id: number }>>(
        'cluster_id',
      ),
    );
    for (const { cluster_id: clusterId } of ids) {
      runs += await this.deleteRuns(clusterId, {
        before: now - policy.runsMaxAgeMs,
        keep: policy.runsPerCollector,
      });
    }
    const days = await database.write(tx =>
      tx('cluster_history')
        .where('day', '<', utcDay(now - policy.historyMaxAgeMs))
        .delete(),
    );
    return { runs, clusters, days };
  }

  private async deleteFormerClusters(before: number): Promise<number> {
    const { database } = this.options;
    const former = await database.read(knex =>
      knex<ClusterRow>('clusters')
        .where({ active: false })
        .whereRaw('coalesce(replaced_at, removed_at) < ?', [before])
        .select('id'),
    );
    let deleted = 0;
    for (const { id } of former) {
      deleted += await database.write(async tx => {
        // The row may have been taken back into use since it was read.
        const gone = await tx('clusters').where({ id, active: false }).delete();
        for (const table of gone ? CLUSTER_TABLES : []) {
          await tx(table).where({ cluster_id: id }).delete();
        }
        return gone;
      });
    }
    return deleted;
  }

  private async deleteRuns(
    clusterId: number,
    limits: { before: number; keep: number },
  ): Promise<number> {
    return this.options.database.write(async tx => {
      const newestFirst = tx('collect_runs')
        .where({ cluster_id: clusterId })
        .select('id', 'started_at')
        .rowNumber('place', query =>
          query
            .partitionBy('collector')
            .orderBy('started_at', 'desc')
            .orderBy('id', 'desc'),
        );
      return tx('collect_runs')
        .whereIn(
          'id',
          tx
            .select('id')
            .from(newestFirst.as('runs'))
            .where('place', '>', limits.keep)
            .orWhere('started_at', '<', limits.before),
        )
        .delete();
    });
  }
}
