const MEBIBYTE = 1024 * 1024;

/** The bounds in which the number of objects per page adapts. */
export const PAGE_LIMITS = Object.freeze({ min: 10, max: 2_000, start: 500 });

/**
 * How many objects to ask for next, after a page of that many bytes: half
 * after more than 8 MiB, double after less than 1 MiB.
 *
 * @remarks
 * Keeps a page, which is held three times over while it becomes rows, within
 * what a slot may use: 500 custom resources of 1.5 MB are 750 MB.
 */
export function nextPageLimit(limit: number, bodyBytes: number): number {
  if (bodyBytes > 8 * MEBIBYTE) {
    return clampPageLimit(limit / 2);
  }
  if (bodyBytes < MEBIBYTE) {
    return clampPageLimit(limit * 2);
  }
  return limit;
}

/** A whole number of objects within the bounds. */
export function clampPageLimit(limit: number): number {
  return Math.min(
    PAGE_LIMITS.max,
    Math.max(PAGE_LIMITS.min, Math.floor(limit)),
  );
}
