/** What an answer says, with what its opaque texts say when they are taken apart. */
function everythingIn(text: string, headers: object): string {
  const opaque = [...text.matchAll(/[\w-]{16,}/g)].map(([word]) =>
    Buffer.from(word, 'base64url').toString('latin1'),
  );
  return [text, JSON.stringify(headers), ...opaque].join('\n').toLowerCase();
}

/** Those of the words that an answer tells, in any case and in any place. */
export function tracesOf(
  words: readonly string[],
  answer: { text: string; headers: object },
): string[] {
  const everything = everythingIn(answer.text, answer.headers);
  return words.filter(word => everything.includes(word.toLowerCase()));
}
