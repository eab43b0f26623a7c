import type { Lease } from '../lease';
import type { CollectorDatabase } from '../store/CollectorDatabase';
import {
  isPostgres,
  nowMs,
  nowPlusMs,
  readNow,
  toMillis,
} from '../store/dialect';
import { leaseKey, released, whereNewest } from '../store/fencing';
import type { BigIntValue, CollectJobRow } from '../store/tables';
import { DISCOVERY } from './CollectSchedule';
import type { RunProgress } from './RunJob';

/** A job that this replica holds now. */
export interface ClaimedJob {
  lease: Lease;
  /** Epoch milliseconds of the database clock. */
  startedAt: number;
  /** How long it had been due by then. */
  lateMs: number;
  /** Failed runs in a row before this one. */
  fails: number;
}

/** How full the queue is. */
export interface QueueState {
  jobs: number;
  /** Due, and nobody works on them. */
  due: number;
  /** Taken by a replica: under way, or next in a visit of its cluster. */
  running: number;
  /** How long the longest-waiting of the due jobs has waited. */
  longestWaitMs: number;
}

/** Where others claim at the same time: their rows are not waited for. */
const LOCKED = `join collect_jobs j on j.cluster_id = candidate_cluster
  and j.collector = candidate_collector`;

/** Who works on what, and until when. */
export class LeaseStore {
  constructor(
    private readonly options: {
      database: CollectorDatabase;
      /** This replica; no other has the same. */
      owner: string;
      /** Ids of the collectors that this replica knows how to run, in order. */
      collectors: readonly string[];
      /** How long a lease holds without being renewed. */
      leaseMs: number;
      /** Jobs of one cluster at a time over all replicas. */
      perClusterCap: number;
    },
  ) {}

  /** Jobs of one cluster at a time over all replicas. */
  get perClusterCap(): number {
    return this.options.perClusterCap;
  }

  /**
   * Takes all jobs that are due of up to `limit` clusters, those of the job
   * that is due longest first; jobs that are due since the same instant in the
   * order of the collectors.
   *
   * @remarks
   * One statement, so that no lock is lost between choosing and taking, and
   * replicas step around each other's rows. The first of a cluster's due jobs,
   * its head, stands for the cluster: replicas that ask at the same time want
   * the same one, and who gets it gets the others with it. A cluster at which
   * others are working within its cap is taken as well.
   *
   * Only the longest due are candidates, as many as are needed: no cluster has
   * more of them than there are collectors. To rank all that are due, thousands
   * in a fleet that is collected for the first time, took longer than all other
   * statements together. (The sign before the column is for SQLite, which would
   * read all jobs in the order of another index instead of the few that have a
   * lease.)
   *
   * Left out are clusters that are missing from the list or have no way in,
   * everything but discovery on clusters whose circuit breaker is open, whose
   * discovery has not ended once, or that are collected under another name.
   */
  async claim(limit: number): Promise<ClaimedJob[]> {
    const { database, owner, collectors, leaseMs, perClusterCap } =
      this.options;
    return database.read(async knex => {
      const now = nowMs(knex);
      const isDue = (jobs: string) =>
        `${jobs}.due_at <= :now and (${jobs}.lease_until_at is null or ${jobs}.lease_until_at < :now)`;
      const takesAll = `c.duplicate_of is null and b.open_until_at is null
        and exists (select 1 from collect_coverage v
          where v.cluster_id = j.cluster_id and v.collector = :discovery
            and v.attempt_at is not null)`;
      const inOrder = (column: string) =>
        `case ${column} ${collectors
          .map((_, i) => `when :c${i} then ${i}`)
          .join(' ')} end`;
      const known = collectors.map((_, i) => `:c${i}`).join();
      const claimed = await knex.raw(
        `with running as (
           select +cluster_id as cluster_id, count(*) as jobs from collect_jobs
           where lease_until_at is not null and lease_until_at >= :now
           group by +cluster_id
         ), candidates as (
           select j.cluster_id as candidate_cluster,
             j.collector as candidate_collector, j.due_at as candidate_due_at,
             case when ${takesAll} then 1 else 0 end as takes_all
           from collect_jobs j
           join clusters c on c.id = j.cluster_id
           left join cluster_breakers b on b.cluster_id = j.cluster_id
           left join running r on r.cluster_id = j.cluster_id
           where ${isDue('j')}
             and j.collector in (${known})
             and c.active = :yes and c.missing_since_at is null
             and c.access_problem is null
             and ((${takesAll}) or (j.collector = :discovery
               and (b.open_until_at is null or b.open_until_at <= :now)))
             and coalesce(r.jobs, 0) < :cap
           order by j.due_at, ${inOrder('j.collector')}
           limit :window
         ), ranked as (
           select candidates.*,
             row_number() over (
               partition by candidate_cluster
               order by candidate_due_at, ${inOrder('candidate_collector')}
             ) as place
           from candidates
         ), heads as (
           select candidate_cluster, takes_all from ranked
           ${isPostgres(knex) ? LOCKED : ''}
           where place = 1 ${isPostgres(knex) ? `and ${isDue('j')}` : ''}
           order by candidate_due_at, ${inOrder('candidate_collector')}
           limit :limit
           ${isPostgres(knex) ? 'for update of j skip locked' : ''}
         )
         update collect_jobs set lease_until_at = :until, lease_owner = :owner,
           epoch = epoch + 1, started_at = :now,
           progress_objects = null, progress_expected = null
         where (cluster_id, collector) in (
             select due.cluster_id, due.collector from heads
             join collect_jobs due on due.cluster_id = candidate_cluster
             where due.collector in (${known})
               and (takes_all = 1 or due.collector = :discovery))
           and ${isDue('collect_jobs')}
         returning cluster_id, collector, epoch, lease_until_at, started_at,
           due_at, fails,
           (select name from clusters where id = cluster_id) as cluster_name`,
        {
          ...Object.fromEntries(collectors.map((id, i) => [`c${i}`, id])),
          now,
          until: nowPlusMs(knex, leaseMs),
          owner,
          limit,
          window: limit * collectors.length,
          cap: perClusterCap,
          yes: true,
          discovery: DISCOVERY,
        } as any,
      );
      const rows: Array<CollectJobRow & { cluster_name: string }> = isPostgres(
        knex,
      )
        ? claimed.rows
        : claimed;
      const place = (collector: string) => collectors.indexOf(collector);
      return rows
        .map(row => ({
          lease: {
            clusterId: row.cluster_id,
            clusterName: row.cluster_name,
            collector: row.collector,
            epoch: Number(row.epoch),
            owner,
            leaseUntil: toMillis(row.lease_until_at!),
          },
          startedAt: toMillis(row.started_at!),
          lateMs: toMillis(row.started_at!) - toMillis(row.due_at),
          fails: row.fails,
        }))
        .sort(
          (a, b) =>
            b.lateMs - a.lateMs ||
            place(a.lease.collector) - place(b.lease.collector),
        );
    });
  }

  /**
   * Gives jobs of one cluster back that were taken but not begun, due as they
   * were; those that another replica has taken over stay its.
   */
  async giveBack(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) {
      return;
    }
    await this.options.database.read(knex =>
      whereNewest(knex('collect_jobs'), leases).update(released(knex)),
    );
  }

  /**
   * How many jobs of a cluster are held by leases that have not run out, those
   * of `without` left out.
   */
  async heldJobs(
    clusterId: number,
    without: readonly string[],
  ): Promise<number> {
    const [{ count }] = await this.options.database.read(knex =>
      knex('collect_jobs')
        .where({ cluster_id: clusterId })
        .where('lease_until_at', '>=', nowMs(knex))
        .whereNotIn('collector', without)
        .count({ count: '*' }),
    );
    return Number(count);
  }

  /** @returns whether the lease still is this replica's, for longer now */
  async renew(lease: Lease): Promise<boolean> {
    const { database, leaseMs } = this.options;
    const renewed = await database.read(knex =>
      knex('collect_jobs')
        .where(leaseKey(lease))
        .update({ lease_until_at: nowPlusMs(knex, leaseMs) }),
    );
    return renewed > 0;
  }

  /** Shows how far a run has come. */
  async progress(lease: Lease, progress: RunProgress): Promise<void> {
    await this.options.database.read(knex =>
      knex('collect_jobs').where(leaseKey(lease)).update({
        progress_objects: progress.objects,
        progress_expected: progress.expected,
      }),
    );
  }

  /** Gives back whatever this replica still holds, due as it was. */
  async releaseAll(): Promise<number> {
    const { database, owner } = this.options;
    return database.read(knex =>
      knex('collect_jobs').where({ lease_owner: owner }).update(released(knex)),
    );
  }

  /**
   * How full the queue is. A job that is held back because its cluster does
   * not answer waits for the cluster, not for a slot: it is not due.
   */
  async state(): Promise<QueueState> {
    return this.options.database.read(async knex => {
      const now = await readNow(knex);
      const isDue = `due_at <= :now and coalesce(lease_until_at, 0) < :now
        and (b.open_until_at is null
          or (collector = :discovery and b.open_until_at <= :now))`;
      const values = { now, discovery: DISCOVERY };
      const [row] = await knex('collect_jobs')
        .leftJoin(
          { b: 'cluster_breakers' },
          'b.cluster_id',
          'collect_jobs.cluster_id',
        )
        .select<
          Array<Record<'jobs' | 'due' | 'running' | 'oldest', BigIntValue>>
        >(
          knex.raw('count(*) as jobs'),
          knex.raw(
            'count(case when lease_until_at >= :now then 1 end) as running',
            values,
          ),
          knex.raw(`count(case when ${isDue} then 1 end) as due`, values),
          knex.raw(
            `coalesce(min(case when ${isDue} then due_at end), :now) as oldest`,
            values,
          ),
        );
      return {
        jobs: Number(row.jobs),
        due: Number(row.due),
        running: Number(row.running),
        longestWaitMs: now - toMillis(row.oldest),
      };
    });
  }
}
