import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import {
  createGunzip,
  gunzip as gunzipCallback,
  type ZlibOptions,
} from 'node:zlib';
import type { BodyShare } from './BodyBudget';

const gunzip: (packed: Buffer, options: ZlibOptions) => Promise<Buffer> =
  promisify(gunzipCallback);

/** Header and trailer of gzip, and nothing between. */
const MIN_GZIP_BYTES = 18;
/** Deflate packs no better than 1,032 to 1. */
const MAX_RATIO = 1_032;
const SPARE_BYTES = 64;

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
 * Reads a body to its end, decompresses it, and stops as soon as it is larger
 * than allowed.
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
  /** Told of each piece, as it comes. */
  onWire(bytes: number): void;
}): Promise<{ body: Buffer; wireBytes: number }> {
  const { stream, maxWireBytes, share } = options;
  const encoding = (options.encoding ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') {
    // Destroying a body that is still coming makes it fail, which is known here.
    stream.on('error', () => undefined).destroy();
    throw new UnknownEncodingError(encoding);
  }

  const chunks: Buffer[] = [];
  let wireBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    wireBytes += chunk.length;
    options.onWire(chunk.length);
    if (wireBytes > maxWireBytes) {
      throw new BodyTooLargeError(maxWireBytes);
    }
    if (encoding === 'identity') {
      assertFits(wireBytes, options);
    } else {
      holds(wireBytes, share);
    }
    chunks.push(chunk);
  }
  const wire = Buffer.concat(chunks, wireBytes);
  return {
    body: encoding === 'gzip' ? await unpack(wire, options) : wire,
    wireBytes,
  };
}

interface Room {
  maxBodyBytes: number;
  share: BodyShare;
}

function holds(bytes: number, share: BodyShare): void {
  if (!share.grow(bytes)) {
    throw new BodiesTooLargeError(share.limitBytes);
  }
}

function assertFits(bodyBytes: number, { maxBodyBytes, share }: Room): void {
  if (bodyBytes > maxBodyBytes) {
    throw new BodyTooLargeError(maxBodyBytes);
  }
  holds(bodyBytes, share);
}

/**
 * Unpacks into one buffer of the size that the last bytes of gzip name, where
 * they can be believed: pieces that are put together afterwards are twice the
 * memory, and all of it is new at each page.
 */
async function unpack(packed: Buffer, room: Room): Promise<Buffer> {
  const size =
    packed.length < MIN_GZIP_BYTES ? 0 : packed.readUInt32LE(packed.length - 4);
  const isLikely =
    size > 0 && size <= Math.min(room.maxBodyBytes, packed.length * MAX_RATIO);
  if (isLikely) {
    holds(size, room.share);
    try {
      return await gunzip(packed, {
        // With nothing left over, zlib asks for another buffer.
        chunkSize: size + SPARE_BYTES,
        maxOutputLength: size,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') {
        throw error;
      }
    }
  }
  return unpackInPieces(packed, room);
}

/** For what says nothing true of its size: as much as is allowed, not more. */
async function unpackInPieces(packed: Buffer, room: Room): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bodyBytes = 0;
  const unpacking = createGunzip({ chunkSize: 256 * 1024 });
  unpacking.end(packed);
  for await (const piece of unpacking as AsyncIterable<Buffer>) {
    bodyBytes += piece.length;
    assertFits(bodyBytes, room);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, bodyBytes);
}
