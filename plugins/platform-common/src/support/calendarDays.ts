const DAY_MS = 24 * 60 * 60 * 1_000;

/** The UTC day of an instant in epoch milliseconds, `YYYY-MM-DD`. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** Whole days from one `YYYY-MM-DD` to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  // Days without a time are midnight UTC, which knows no summer time.
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The last day of a month: of `2028-02` it is `2028-02-29`. */
export function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return dayOf(Date.UTC(year, number, 0));
}
