import { MAX_RETRY_AFTER_MS } from '../bounds';

/**
 * Reads a `Retry-After` header: seconds, or a date.
 *
 * @returns milliseconds from now, at most {@link MAX_RETRY_AFTER_MS}: a cluster
 * that asks for a thousand years is asked again all the same. Nothing where the
 * header is absent or unreadable
 */
export function parseRetryAfter(
  header: string | undefined,
  now: number = Date.now(),
): number | undefined {
  const text = header?.trim();
  if (!text) {
    return undefined;
  }
  if (/^\d+$/.test(text)) {
    return Math.min(MAX_RETRY_AFTER_MS, Number(text) * 1000);
  }
  const date = Date.parse(text);
  return Number.isNaN(date)
    ? undefined
    : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, date - now));
}
