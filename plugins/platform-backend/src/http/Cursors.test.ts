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

  it('refuses a cursor that was changed or signed with another secret', () => {
    const cursor = cursors.encode(position, query);
    const [, signature] = cursor.split('.');
    const forged = Buffer.from(
      JSON.stringify({ k: ['zzz'], d: 'after', q: 'x' }),
    ).toString('base64url');
    expect(() => cursors.decode(`${forged}.${signature}`, query)).toThrow(
      InputError,
    );
    expect(() => new Cursors('other').decode(cursor, query)).toThrow(
      InputError,
    );
  });
});
