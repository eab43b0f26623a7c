const counts = new Intl.NumberFormat();

/** A count with the separators of the reader's language. */
export function formatCount(count: number): string {
  return counts.format(count);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const;

/** Bytes in binary units with three figures at most. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** A duration in milliseconds, or in seconds from one second on. */
export function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const shares = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 1,
});

/**
 * A part of a whole in percent with one decimal at most; 0 % of nothing.
 *
 * @remarks
 * Rounds towards the middle: what is not all is never 100 %, and what is
 * something is never 0 %.
 */
export function formatShare(part: number, whole: number): string {
  const tenths = whole === 0 ? 0 : (part * 1000) / whole;
  const rounded = tenths < 500 ? Math.ceil(tenths) : Math.floor(tenths);
  return shares.format(rounded / 1000);
}
