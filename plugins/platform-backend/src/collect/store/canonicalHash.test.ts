import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import * as fc from 'fast-check';
import {
  canonicalHash,
  canonicalJson,
  canonicalObject,
} from './canonicalHash';

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

describe('canonicalHash', () => {
  const hashOf = (value: ObservedObject) =>
    canonicalHash(canonicalObject(value));
  const object = { key: 'k', namespace: 'shop', name: 'cart', doc: { a: 1 } };

  it('differs when anything that is stored differs', () => {
    const hashes = [
      object,
      { ...object, namespace: null },
      { ...object, name: 'cart2' },
      { ...object, doc: { a: '1' } },
      { ...object, doc: { a: 1, b: 1 } },
    ].map(hashOf);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashOf({ ...object, key: 'other' })).toBe(hashes[0]);
  });
});
