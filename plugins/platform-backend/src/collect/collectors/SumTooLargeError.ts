/** The sums over a list hold more than memory is meant for. */
export class SumTooLargeError extends Error {
  constructor() {
    super('The sums over the list are too large');
    this.name = 'SumTooLargeError';
  }
}
