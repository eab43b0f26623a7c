import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { Cursors } from './Cursors';

const cursors = new Cursors('secret');
const query = {
  operationId: 'listClusters',
  query: { sort: 'name', order: 'asc', limit: 50, environment: ['prod'] },
};
const position = { key: ['shop', 3, null], direction: 'after' as const };

describe('Cursors', () => {
  it('reads back what it made, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), {
          minLength: 1,
        }),
        fc.constantFrom('after' as const, 'before' as const),
        (key, direction) => {
          const cursor = cursors.encode({ key, direction }, query);
          expect(cursors.decode(cursor, query)).toEqual({ key, direction });
        },
      ),
    );
  });

  it('may be used with another page size', () => {
    const cursor = cursors.encode(position, query);
    expect(
      cursors.decode(cursor, { ...query, query: { ...query.query, limit: 5 } }),
    ).toEqual(position);
  });

  it.each([
    ['another filter', { ...query.query, environment: ['dev'] }],
    ['another order', { ...query.query, order: 'desc' }],
  ])('refuses a cursor of a query with %s', (_, other) => {
    const cursor = cursors.encode(position, query);
    expect(() => cursors.decode(cursor, { ...query, query: other })).toThrow(
      /"cursor": it belongs to a query with other filters/,
    );
  });

  it('refuses a cursor of another route', () => {
    const cursor = cursors.encode(position, query);
    expect(() =>
      cursors.decode(cursor, { ...query, operationId: 'listWorkloads' }),
    ).toThrow(InputError);
  });

  it.each(['garbage', 'a.b', '', '.', 'e30.e30', '%00'])(
    'refuses %j, which is not ours',
    cursor => {
      expect(() => cursors.decode(cursor, query)).toThrow(
        /^Query parameter "cursor": expected nextCursor or previousCursor/,
      );
    },
  );

  it('refuses a cursor of which a bit was changed, or of another secret', () => {
    const cursor = cursors.encode(position, query);
    const bytes = Buffer.from(cursor, 'base64url');
    for (let place = 0; place < bytes.length; place++) {
      const forged = Buffer.from(bytes);
      forged[place] ^= 1;
      expect(() => cursors.decode(forged.toString('base64url'), query)).toThrow(
        /^Query parameter "cursor": expected/,
      );
    }
    for (const length of [0, 11, 12, 27, 28, bytes.length - 1]) {
      const cut = bytes.subarray(0, length).toString('base64url');
      expect(() => cursors.decode(cut, query)).toThrow(InputError);
    }
    expect(() => new Cursors('other').decode(cursor, query)).toThrow(
      InputError,
    );
  });

  it('shows nothing of the key, and is the same for the same row', () => {
    const cursor = cursors.encode(position, query);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(
      /shop|after/,
    );
    expect(cursors.encode(position, query)).toBe(cursor);
    const next = cursors.encode({ ...position, key: ['shop', 4, null] }, query);
    expect(next.slice(0, 16)).not.toBe(cursor.slice(0, 16));
  });
});
