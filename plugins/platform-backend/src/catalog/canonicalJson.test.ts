import * as fc from 'fast-check';
import { canonicalJson } from './canonicalJson';

describe('canonicalJson', () => {
  it('reads back as the same value, whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(plain);
      }),
    );
    expect(canonicalJson({ b: 1, a: { d: undefined, c: [null] } })).toBe(
      '{"a":{"c":[null]},"b":1}',
    );
    expect(canonicalJson([undefined])).toBe('[null]');
  });
});
