import type { CollectorDatabase } from './CollectorDatabase';
import { readNow } from './dialect';
import type { ClusterHistoryRow } from './tables';

const DAY_MS = 86_400_000;

/** A day of the calendar in UTC, `YYYY-MM-DD`. */
export function utcDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** What each cluster was on each day. */
export class HistoryStore {
  constructor(private readonly options: { database: CollectorDatabase }) {}

  /**
   * Writes down what is known of today; the last call of a day counts.
   *
   * @remarks
   * A cluster that was not collected today gets no row: what it was yesterday
   * is no knowledge about today. A figure that is not known does not replace
   * one that was known earlier in the day.
   */
  async rollUp(): Promise<void> {
    await this.options.database.write(async tx => {
      const now = await readNow(tx);
      await tx.raw(
        `insert into cluster_history (cluster_id, day, version, nodes, workloads)
         select f.cluster_id, ?, f.git_version, f.nodes_total, f.workloads_total
         from fleet_clusters f
         join clusters c on c.id = f.cluster_id
         where c.active = ? and exists (
           select 1 from collect_coverage v
           where v.cluster_id = f.cluster_id and v.complete_at >= ?
         )
         on conflict (cluster_id, day) do update set
           version = coalesce(excluded.version, cluster_history.version),
           nodes = coalesce(excluded.nodes, cluster_history.nodes),
           workloads = coalesce(excluded.workloads, cluster_history.workloads)`,
        [utcDay(now), true, now - (now % DAY_MS)],
      );
    });
  }

  /** The days of a cluster, oldest first. */
  async list(clusterId: number): Promise<ClusterHistoryRow[]> {
    return this.options.database.read(knex =>
      knex<ClusterHistoryRow>('cluster_history')
        .where({ cluster_id: clusterId })
        .orderBy('day'),
    );
  }
}
