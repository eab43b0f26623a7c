/**
 * The value that a part of the samples does not exceed, by nearest rank.
 *
 * @param fraction - such as 0.99
 * @throws RangeError without samples
 */
export function percentile(
  samples: readonly number[],
  fraction: number,
): number {
  if (samples.length === 0) {
    throw new RangeError('There is no percentile of no samples');
  }
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)];
}
