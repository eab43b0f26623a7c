/** One value of a day; `null` where it is not known. */
export interface DayValue {
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  value: number | null;
}

const DAY_MS = 24 * 60 * 60_000;

/** Days since the epoch, so that a day without a row keeps its width. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** The least of 1, 2 or 5 times a power of ten that is not below `value`. */
export function niceCeiling(value: number): number {
  if (value <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find(step => step * power >= value) ?? 10;
  return factor * power;
}

/**
 * The path of an SVG that holds every value until the next day; a day that is
 * not known leaves a gap.
 */
export function stepPath(options: {
  points: DayValue[];
  x: (day: number) => number;
  y: (value: number) => number;
}): string {
  const { points, x, y } = options;
  const parts: string[] = [];
  let before: number | null = null;
  for (const { day, value } of points) {
    if (value !== null) {
      const from = dayNumber(day);
      const start = before === null ? 'M' : 'L';
      parts.push(
        `${start}${x(from)},${y(value)}`,
        `L${x(from + 1)},${y(value)}`,
      );
    }
    before = value;
  }
  return parts.join(' ');
}
