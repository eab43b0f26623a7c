/** Orders the words of an enumeration as it lists them; others come last. */
export function inOrderOf(
  words: readonly string[],
): (a: string, b: string) => number {
  const rank = (word: string) => {
    const index = words.indexOf(word);
    return index < 0 ? words.length : index;
  };
  return (a, b) => rank(a) - rank(b);
}
