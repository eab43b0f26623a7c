/**
 * Text that somebody else wrote, short enough to stand in a sentence.
 *
 * @param length - in characters
 * @public
 */
export function shortened(text: string, length = 200): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
