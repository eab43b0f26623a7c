import { InputError } from '@backstage/errors';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Position } from '../collect/store/keysetPage';

const keySchema = z.array(z.union([z.string(), z.number(), z.null()])).min(1);

const cursorSchema = z.strictObject({
  k: keySchema,
  d: z.enum(['after', 'before']),
  q: z.string(),
});

/**
 * Makes and reads the cursors of list routes.
 *
 * @remarks
 * A cursor is signed and bound to its query: route, filters and sort. So it
 * can neither be made up nor be used with another query, where it would skip
 * rows without a word. The secret is shared by all replicas.
 */
export class Cursors {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  encode(position: Position, query: CursorQuery): string {
    const payload = Buffer.from(
      JSON.stringify({
        k: position.key,
        d: position.direction,
        q: fingerprint(query),
      }),
    ).toString('base64url');
    return `${payload}.${this.#sign(payload)}`;
  }

  /** @throws InputError that names the parameter `cursor` */
  decode(cursor: string, query: CursorQuery): Position {
    const [payload = '', signature = '', ...rest] = cursor.split('.');
    if (rest.length > 0 || !this.#isSignatureOf(payload, signature)) {
      throw new InputError(
        'Query parameter "cursor": expected nextCursor or previousCursor of an earlier answer, got something else; leave it out to begin with the first page',
      );
    }
    const { k, d, q } = cursorSchema.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    if (q !== fingerprint(query)) {
      throw new InputError(
        'Query parameter "cursor": it belongs to a query with other filters or another order; leave it out to begin with the first page',
      );
    }
    return { key: k, direction: d };
  }

  #isSignatureOf(payload: string, signature: string): boolean {
    const expected = Buffer.from(this.#sign(payload));
    const actual = Buffer.from(signature);
    return (
      expected.length === actual.length && timingSafeEqual(expected, actual)
    );
  }

  #sign(payload: string): string {
    return createHmac('sha256', this.#secret)
      .update(payload)
      .digest('base64url')
      .slice(0, 27);
  }
}

/** What a cursor is bound to. */
export interface CursorQuery {
  operationId: string;
  /** The parsed query; `cursor` and `limit` of it do not count. */
  query: Record<string, unknown>;
}

function fingerprint({ operationId, query }: CursorQuery): string {
  const entries = Object.entries(query)
    .filter(
      ([name, value]) =>
        name !== 'cursor' && name !== 'limit' && value !== undefined,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([operationId, entries]))
    .digest('base64url')
    .slice(0, 16);
}
