import { contentHash } from './contentHash';

describe('contentHash', () => {
  it('is short, the same for the same text and another for another', () => {
    const hashes = ['', '{"a":1}', '{"a":"1"}', '{"a":1,"b":1}'].map(
      contentHash,
    );
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes.every(hash => /^[\w-]{22}$/.test(hash))).toBe(true);
    expect(contentHash('{"a":1}')).toBe(hashes[1]);
  });
});
