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
