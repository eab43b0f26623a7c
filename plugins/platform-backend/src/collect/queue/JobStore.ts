import type { Knex } from 'knex';
import type { CollectorDatabase } from '../store/CollectorDatabase';
import { chunks, insertChunkSize, nowPlusMs } from '../store/dialect';
import type { ClusterRow, CollectJobRow } from '../store/tables';
import { DISCOVERY } from './CollectSchedule';

/** Keeps the jobs in step with the clusters and the collectors. */
export class JobStore {
  constructor(
    private readonly options: {
      database: CollectorDatabase;
      /** Ids of the collectors. */
      collectors: readonly string[];
    },
  ) {}

  /**
   * Makes the jobs that are missing, due now and a millisecond apart from
   * cluster to cluster, and deletes those that are not wanted any more;
   * whoever works on one of these is fenced off.
   *
   * @remarks
   * A cluster has a job per collector while it is active and there is a way
   * in. A second name of a cluster keeps only discovery, which reads the
   * identity and so notices when the name leads elsewhere.
   *
   * @param clusterIds - only these clusters; all of them when left out
   */
  async sync(clusterIds?: readonly number[]): Promise<void> {
    await this.options.database.write(async tx => {
      const wanted = await this.wanted(tx, clusterIds);
      const query = tx<CollectJobRow>('collect_jobs');
      if (clusterIds) {
        query.whereIn('cluster_id', clusterIds);
      }
      const present = await query.select('cluster_id', 'collector');
      for (const job of present) {
        const collectors = wanted.get(job.cluster_id);
        if (!collectors?.delete(job.collector)) {
          await tx('collect_jobs')
            .where({ cluster_id: job.cluster_id, collector: job.collector })
            .delete();
        }
      }
      const missing = [...wanted].flatMap(([clusterId, collectors], place) =>
        [...collectors].map(collector => ({
          cluster_id: clusterId,
          collector,
          // An order among clusters that the index has, too: claims would sort
          // all jobs of a new fleet again and again.
          due_at: nowPlusMs(tx, place - wanted.size),
        })),
      );
      for (const chunk of chunks(missing, insertChunkSize(3))) {
        await tx('collect_jobs')
          .insert(chunk)
          .onConflict(['cluster_id', 'collector'])
          .ignore();
      }
    });
  }

  private async wanted(
    tx: Knex.Transaction,
    clusterIds: readonly number[] | undefined,
  ): Promise<Map<number, Set<string>>> {
    const query = tx<ClusterRow>('clusters')
      .where({ active: true })
      .whereNull('access_problem');
    if (clusterIds) {
      query.whereIn('id', clusterIds);
    }
    const clusters = await query.select('id', 'duplicate_of');
    return new Map(
      clusters.map(({ id, duplicate_of: duplicateOf }) => [
        id,
        new Set(duplicateOf === null ? this.options.collectors : [DISCOVERY]),
      ]),
    );
  }
}
