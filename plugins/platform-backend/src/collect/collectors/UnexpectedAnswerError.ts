/**
 * An answer that is well formed and still not what an API server says there. A
 * probe that took it for an empty one would replace what is known by nothing.
 */
export class UnexpectedAnswerError extends Error {
  /**
   * @param path - what was asked for
   * @param expected - what should have come, in words
   */
  constructor(readonly path: string, readonly expected: string) {
    super(`${path} does not answer with ${expected}`);
    this.name = 'UnexpectedAnswerError';
  }
}
