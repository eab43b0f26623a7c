import { closest, distance } from 'fastest-levenshtein';

/**
 * The known word that was probably meant, or nothing when none is near: at most
 * a third of it may differ.
 */
export function suggest(
  word: string,
  known: readonly string[],
): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(word, known);
  return distance(word, best) <= Math.max(1, best.length / 3)
    ? best
    : undefined;
}
