import { InputError } from '@backstage/errors';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
} from 'node:crypto';
import { z } from 'zod';
import type { Position } from '../collect/store/keysetPage';

const keySchema = z.array(z.union([z.string(), z.number(), z.null()])).min(1);

const cursorSchema = z.strictObject({
  k: keySchema,
  d: z.enum(['after', 'before']),
  q: z.string(),
});

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Makes and reads the cursors of list routes.
 *
 * @remarks
 * A cursor is bound to its query: route, filters and sort. It is encrypted and
 * authenticated, so that it can neither be made up, nor be used with another
 * query, where it would skip rows without a word, nor be taken apart: a sort key
 * holds ids of rows, which tell how many others there are. The secret is shared
 * by all replicas.
 */
export class Cursors {
  readonly #encryptionKey: Buffer;
  readonly #nonceKey: Buffer;

  constructor(secret: string) {
    this.#encryptionKey = mac(secret, 'encryption');
    this.#nonceKey = mac(secret, 'nonce');
  }

  encode(position: Position, query: CursorQuery): string {
    const text = JSON.stringify({
      k: position.key,
      d: position.direction,
      q: fingerprint(query),
    });
    // Of the text, so that an answer that has not changed stays the same, and
    // none serves two texts, which would be the end of the cipher.
    const nonce = mac(this.#nonceKey, text).subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#encryptionKey, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString(
      'base64url',
    );
  }

  /** @throws InputError that names the parameter `cursor` */
  decode(cursor: string, query: CursorQuery): Position {
    const { k, d, q } = cursorSchema.parse(JSON.parse(this.#open(cursor)));
    if (q !== fingerprint(query)) {
      throw new InputError(
        'Query parameter "cursor": it belongs to a query with other filters or another order; leave it out to begin with the first page',
      );
    }
    return { key: k, direction: d };
  }

  #open(cursor: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, this.#encryptionKey, nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(tag);
      return (
        decipher.update(
          bytes.subarray(NONCE_BYTES + TAG_BYTES),
          undefined,
          'utf8',
        ) + decipher.final('utf8')
      );
    } catch {
      throw new InputError(
        'Query parameter "cursor": expected nextCursor or previousCursor of an earlier answer, got something else; leave it out to begin with the first page',
      );
    }
  }
}

function mac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
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
