import { createHash } from 'node:crypto';

/**
 * What tells whether an object has to be written again: 128 bits of SHA-256
 * over everything that is stored of it, in base64url. One hash per object of a
 * list is held in memory, so it is no longer than it has to be.
 *
 * @remarks
 * Over the text that is written rather than over the document: API servers send
 * maps sorted by key and projections name their fields in one order, so equal
 * documents are equal text. One that comes in another order is written again,
 * which costs time and loses nothing.
 */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
