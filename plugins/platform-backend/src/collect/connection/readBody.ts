import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { BodyShare } from './BodyBudget';

/** A body that grew past its bound. */
export class BodyTooLargeError extends Error {
  constructor(readonly limitBytes: number) {
    super(`The body is larger than ${limitBytes} bytes`);
    this.name = 'BodyTooLargeError';
  }
}

/** A body for which there is no memory beside the others that are being read. */
export class BodiesTooLargeError extends Error {
  constructor(readonly limitBytes: number) {
    super(`All large bodies together are larger than ${limitBytes} bytes`);
    this.name = 'BodiesTooLargeError';
  }
}

/** A body in an encoding that was not asked for. */
export class UnknownEncodingError extends Error {
  constructor(readonly encoding: string) {
    super(`The body is encoded as "${encoding}", which was not asked for`);
    this.name = 'UnknownEncodingError';
  }
}

/**
 * Reads a body to its end, decompresses it on the way, and stops as soon as it
 * is larger than allowed.
 *
 * @throws BodyTooLargeError, BodiesTooLargeError, UnknownEncodingError, and
 * whatever the stream or zlib throws when the body breaks off
 */
export async function readBody(options: {
  stream: Readable;
  encoding: string | undefined;
  maxWireBytes: number;
  maxBodyBytes: number;
  /** Grows with the body; the caller releases it. */
  share: BodyShare;
  /** Told of each piece, before decompression. */
  onWire(bytes: number): void;
}): Promise<{ body: Buffer; wireBytes: number }> {
  const { stream, maxBodyBytes, maxWireBytes, share } = options;
  const encoding = (options.encoding ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') {
    // Destroying a body that is still coming makes it fail, which is known here.
    stream.on('error', () => undefined).destroy();
    throw new UnknownEncodingError(encoding);
  }

  let wireBytes = 0;
  let bodyBytes = 0;
  const chunks: Buffer[] = [];

  async function* countWire(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      wireBytes += chunk.length;
      options.onWire(chunk.length);
      if (wireBytes > maxWireBytes) {
        throw new BodyTooLargeError(maxWireBytes);
      }
      yield chunk;
    }
  }
  async function collect(source: AsyncIterable<Buffer>) {
    for await (const piece of source) {
      bodyBytes += piece.length;
      if (bodyBytes > maxBodyBytes) {
        throw new BodyTooLargeError(maxBodyBytes);
      }
      if (!share.grow(bodyBytes)) {
        throw new BodiesTooLargeError(share.limitBytes);
      }
      chunks.push(piece);
    }
  }

  if (encoding === 'gzip') {
    const gunzip = createGunzip({ chunkSize: 256 * 1024 });
    await pipeline(stream, countWire, gunzip, collect);
  } else {
    await pipeline(stream, countWire, collect);
  }
  return { body: Buffer.concat(chunks, bodyBytes), wireBytes };
}
