/** An instant as it is served. */
export function isoOrNull(millis: number | null): string | null {
  return millis === null ? null : new Date(millis).toISOString();
}
