import type { Knex } from 'knex';
import { nowMs, nowPlusMs, readNow } from '../store/dialect';
import type { BigIntValue } from '../store/tables';
import { makeDue } from './makeDue';

/** How long after one request a cluster is not collected on another. */
const MIN_AGE_MS = 60_000;

/** What came of a request to collect a cluster now. */
export type CollectRequestOutcome =
  | {
      accepted: true;
      /** Jobs that are due now. */
      queued: number;
      /** Jobs that run already or ran a moment ago. */
      skipped: number;
    }
  | { accepted: false; retryAfterMs: number };

/**
 * Requests to collect a cluster now. They move jobs to the head of the queue
 * and nothing else: slots, leases and the cap per cluster stay as they are.
 */
export class CollectRequests {
  constructor(private readonly options: { knex: Knex }) {}

  /** Makes the jobs of a cluster due, at most once a minute over all replicas. */
  async request(clusterId: number): Promise<CollectRequestOutcome> {
    return this.options.knex.transaction(async tx => {
      const retryAfterMs = await takeTurn(tx, clusterId);
      if (retryAfterMs > 0) return { accepted: false, retryAfterMs };
      // A cluster that does not answer is tried at once, by discovery.
      await tx('cluster_breakers')
        .where({ cluster_id: clusterId })
        .where('open_until_at', '>', nowMs(tx))
        .update({ open_until_at: nowMs(tx) });
      const queued = await makeDue(tx, { clusterId, minAgeMs: MIN_AGE_MS });
      const [{ count }] = await tx('collect_jobs')
        .where({ cluster_id: clusterId })
        .count({ count: '*' });
      return { accepted: true, queued, skipped: Number(count) - queued };
    });
  }
}

/** @returns how long to wait; 0 when it is this request's turn */
async function takeTurn(
  tx: Knex.Transaction,
  clusterId: number,
): Promise<number> {
  const renewed = await tx('collect_requests')
    .where({ cluster_id: clusterId })
    .where('requested_at', '<=', nowPlusMs(tx, -MIN_AGE_MS))
    .update({ requested_at: nowMs(tx) });
  if (renewed > 0) return 0;
  const first = await tx('collect_requests')
    .insert({ cluster_id: clusterId, requested_at: nowMs(tx) })
    .onConflict('cluster_id')
    .ignore()
    .returning<Array<{ cluster_id: number }>>('cluster_id');
  if (first.length > 0) return 0;
  const { requested_at: requestedAt } = (await tx('collect_requests')
    .where({ cluster_id: clusterId })
    .first('requested_at')) as { requested_at: BigIntValue };
  const age = (await readNow(tx)) - Number(requestedAt);
  return Math.max(1, MIN_AGE_MS - age);
}
