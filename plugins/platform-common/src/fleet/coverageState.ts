import type { Coverage, CoverageProblem } from './coverageSchemas';

/** How late a complete run may be before its data counts as old. @public */
export const STALE_GRACE_MS = 60_000;

/** What is stored about one collector of one cluster. @public */
export interface CoverageFacts {
  /** Epoch milliseconds; `null` when no run was ever complete. */
  completeAt: number | null;
  cadenceMs: number;
  /** Why the last attempt was not complete; absent when it was. */
  problem?: CoverageProblem;
}

/**
 * Whether data of this age is older than its cadence allows.
 *
 * @remarks
 * Formula: `now - completeAt > 2 × cadence + 1 minute`. One missed run is not
 * yet old: runs are spread by ±10 % and a run takes its time.
 *
 * @public
 */
export function isStale(
  facts: Pick<CoverageFacts, 'completeAt' | 'cadenceMs'>,
  now: number,
): boolean {
  return (
    facts.completeAt !== null &&
    now - facts.completeAt > 2 * facts.cadenceMs + STALE_GRACE_MS
  );
}

/**
 * What one collector has from one cluster: see the states of `coverageSchema`.
 *
 * @remarks
 * A collector that is forbidden says so even while it still has rows from
 * before: the rows are old, and nobody is going to renew them.
 *
 * @public
 */
export function coverageState(
  facts: CoverageFacts,
  now: number,
): Coverage['state'] {
  if (facts.problem?.code === 'not_served') return 'not_served';
  if (facts.problem?.code === 'forbidden') return 'not_collected';
  if (facts.completeAt === null) {
    return facts.problem ? 'not_collected' : 'pending';
  }
  return isStale(facts, now) ? 'stale' : 'collected';
}
