import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import { MAX_DOCUMENT_LENGTH } from '../bounds';
import { storableObject } from './storableObject';

const storable = (doc: ObservedObject['doc'], name = 'cart') => {
  const object = { key: 'k', namespace: 'shop', name, doc };
  return storableObject(object, JSON.stringify(object));
};

describe('storableObject', () => {
  it('is the object itself where nothing has to change', () => {
    const object = { key: 'k', namespace: null, name: 'ü', doc: { a: ['😀'] } };
    expect(storableObject(object, JSON.stringify(object))).toBe(object);
  });

  it('has no text that a database refuses, in names, values and keys', () => {
    expect(
      storable(
        { 'a\u0000': ['\ud800', { '\udc00': 'x\u0000' }], n: null, t: true },
        'c\u0000',
      ),
    ).toEqual({
      key: 'k',
      namespace: 'shop',
      name: 'c\ufffd',
      doc: {
        'a\ufffd': ['\ufffd', { '\ufffd': 'x\ufffd' }],
        n: null,
        t: true,
      },
    });
  });

  it('leaves the largest fields of a huge document out, and says which', () => {
    const { doc } = storable({
      desired: 3,
      labels: { app: 'cart' },
      containers: ['x'.repeat(MAX_DOCUMENT_LENGTH)],
    });
    expect(doc).toEqual({
      desired: 3,
      labels: { app: 'cart' },
      cut: ['containers'],
    });
  });
});
