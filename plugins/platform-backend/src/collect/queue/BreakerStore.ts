import type { Knex } from 'knex';
import {
  lockForUpdate,
  nowMs,
  nowPlusMs,
  randomFraction,
  readNow,
  toMillis,
  toText,
} from '../store/dialect';
import type { ClusterBreakerRow } from '../store/tables';
import { backoffMs, type BackoffPolicy } from './backoff';
import { DISCOVERY } from './CollectSchedule';

/** A cluster's breaker as a run left it. */
export type BreakerChange = 'opened' | 'closed' | undefined;

const BACKOFF: BackoffPolicy = { baseMs: 30_000, capMs: 15 * 60_000 };
/** A cluster that answers is written down as answering this often. */
const REPEAT_SUCCESS_MS = 60_000;
/** The jobs that waited for a cluster come back over this time. */
const SPREAD_MS = 15_000;

/**
 * The circuit breakers: a cluster that gave no answer several times in a row is
 * only probed, by discovery, at growing intervals, until it answers.
 */
export class BreakerStore {
  constructor(
    private readonly options: {
      /** Attempts without an answer in a row that open a breaker. */
      threshold: number;
      random?: () => number;
    },
  ) {}

  /**
   * The cluster answered. Closing makes its waiting jobs due, spread out. Jobs
   * that were due already are so from now on: they waited for the cluster, not
   * for a slot, and must not push those of other clusters aside.
   */
  async reached(
    tx: Knex.Transaction,
    clusterId: number,
  ): Promise<BreakerChange> {
    if (await this.isKnownToAnswer(tx, clusterId)) {
      return undefined;
    }
    const now = await readNow(tx);
    const breaker = await this.locked(tx, clusterId);
    await this.merge(tx, clusterId, {
      fails: 0,
      open_until_at: null,
      unreachable_since_at: null,
      last_success_at: now,
    });
    if (!breaker || breaker.open_until_at === null) {
      return undefined;
    }
    await tx('collect_jobs')
      .where({ cluster_id: clusterId })
      .whereNot({ collector: DISCOVERY })
      .whereNull('lease_until_at')
      .update({
        due_at: tx.raw(
          '? + case when due_at > ? then cast(? * ? as integer) else 0 end',
          [nowMs(tx), now, randomFraction(tx), SPREAD_MS],
        ),
      });
    return 'closed';
  }

  /**
   * The cluster gave no answer.
   *
   * @remarks
   * Runs that were under way when the breaker opened tell nothing new: while
   * it is open, only the end of a probe counts.
   *
   * @param attempt.startedAt - of the database clock
   */
  async unreached(
    tx: Knex.Transaction,
    attempt: {
      clusterId: number;
      collector: string;
      startedAt: number;
      code: string;
      message: string;
    },
  ): Promise<BreakerChange> {
    const { clusterId, collector, startedAt, code, message } = attempt;
    const breaker = await this.locked(tx, clusterId);
    const wasOpen = breaker !== undefined && breaker.open_until_at !== null;
    if (wasOpen && collector !== DISCOVERY) {
      return undefined;
    }
    const fails = (breaker?.fails ?? 0) + 1;
    const opens = fails >= this.options.threshold;
    const pauseMs = backoffMs({
      failures: fails - this.options.threshold + 1,
      policy: BACKOFF,
      random: this.options.random,
    });
    await this.merge(tx, clusterId, {
      fails,
      open_until_at: opens ? nowPlusMs(tx, pauseMs) : null,
      unreachable_since_at:
        toMillis(breaker?.unreachable_since_at ?? null) ?? startedAt,
      last_error_code: code,
      last_error_message: toText(message),
    });
    if (opens) {
      await tx('collect_jobs')
        .where({ cluster_id: clusterId, collector: DISCOVERY })
        .update({ due_at: nowPlusMs(tx, pauseMs) });
    }
    return opens && !wasOpen ? 'opened' : undefined;
  }

  /** How many clusters of the list are only probed. */
  async countOpen(knex: Knex): Promise<number> {
    const [{ count }] = await knex('cluster_breakers')
      .join('clusters', 'clusters.id', 'cluster_breakers.cluster_id')
      .where({ 'clusters.active': true })
      .whereNotNull('open_until_at')
      .count({ count: '*' });
    return Number(count);
  }

  /** Whether a run said so lately, and none has said otherwise since. */
  private async isKnownToAnswer(
    tx: Knex.Transaction,
    clusterId: number,
  ): Promise<boolean> {
    const row = await tx('cluster_breakers')
      .where({ cluster_id: clusterId, fails: 0 })
      .whereNull('open_until_at')
      .where('last_success_at', '>', nowPlusMs(tx, -REPEAT_SUCCESS_MS))
      .first('cluster_id');
    return row !== undefined;
  }

  private async locked(
    tx: Knex.Transaction,
    clusterId: number,
  ): Promise<ClusterBreakerRow | undefined> {
    return lockForUpdate(
      tx<ClusterBreakerRow>('cluster_breakers')
        .where({ cluster_id: clusterId })
        .first(),
    );
  }

  private async merge(
    tx: Knex.Transaction,
    clusterId: number,
    values: Record<string, unknown>,
  ) {
    await tx('cluster_breakers')
      .insert({ cluster_id: clusterId, ...values })
      .onConflict('cluster_id')
      .merge(Object.keys(values));
  }
}
