/** Pauses that grow with every failure. */
export interface BackoffPolicy {
  /** Upper bound of the pause after the first failure. */
  baseMs: number;
  /** Upper bound of every pause. */
  capMs: number;
}

/** No pause is shorter, whatever the jitter draws. */
const MIN_PAUSE_MS = 1_000;

/**
 * Exponential backoff with full jitter: a draw between (nearly) nothing and a
 * bound that doubles with every failure, so that what failed together does not
 * come back together.
 *
 * @param options.failures - failures in a row, 1 for the first
 * @returns milliseconds
 */
export function backoffMs(options: {
  failures: number;
  policy: BackoffPolicy;
  random?: () => number;
}): number {
  const { failures, policy, random = Math.random } = options;
  const bound = Math.min(
    policy.capMs,
    policy.baseMs * 2 ** Math.min(failures - 1, 30),
  );
  return Math.max(MIN_PAUSE_MS, Math.round(random() * bound));
}

/** A cadence with ±10 %, so that jobs spread over it by themselves. */
export function jitteredMs(
  cadenceMs: number,
  random: () => number = Math.random,
): number {
  return Math.round(cadenceMs * (0.9 + 0.2 * random()));
}
