import { parseRetryAfter } from './retryAfter';

const NOW = Date.UTC(2026, 0, 1);

describe('parseRetryAfter', () => {
  it.each([
    ['7', 7_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2020 00:00:00 GMT', 0],
    // A quarter of an hour is the longest that a cluster is left alone for.
    ['9999999999999999999999999', 900_000],
    ['Fri, 31 Dec 9999 00:00:00 GMT', 900_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });
});
