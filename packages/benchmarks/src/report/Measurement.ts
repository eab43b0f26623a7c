/** How a bound is meant. */
export interface Bound {
  relation: '<' | '≤' | '≥';
  limit: number;
}

/** One figure of a benchmark. */
export interface Measurement {
  /** Room, figure and, where it depends on it, the database: `card.p99_ms.postgres`. */
  name: string;
  value: number;
  unit: string;
  /** Absent for figures that are only to be known. */
  bound?: Bound;
  /** What was measured, on what, and how. */
  how: string;
}

/** Whether a figure is within its bound; null where it has none. */
export function holds({ value, bound }: Measurement): boolean | null {
  if (!bound) return null;
  // Something that could not be measured is not within anything.
  if (!Number.isFinite(value)) return false;
  switch (bound.relation) {
    case '<':
      return value < bound.limit;
    case '≤':
      return value <= bound.limit;
    default:
      return value >= bound.limit;
  }
}
