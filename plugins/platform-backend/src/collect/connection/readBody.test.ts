import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { BodyBudget } from './BodyBudget';
import {
  BodiesTooLargeError,
  BodyTooLargeError,
  readBody,
  UnknownEncodingError,
} from './readBody';

const MEBIBYTE = 1024 * 1024;
const text = Buffer.alloc(3 * MEBIBYTE, 'a pod, and another pod; ');

function read(
  body: Buffer,
  options: {
    encoding?: string;
    maxBodyBytes?: number;
    limitBytes?: number;
  } = {},
) {
  const budget = new BodyBudget({
    limitBytes: options.limitBytes ?? 64 * MEBIBYTE,
    freeBytes: 0,
  });
  return readBody({
    stream: Readable.from([body.subarray(0, 100), body.subarray(100)]),
    encoding: options.encoding ?? 'gzip',
    maxWireBytes: 8 * MEBIBYTE,
    maxBodyBytes: options.maxBodyBytes ?? 8 * MEBIBYTE,
    share: budget.share(),
    onWire: () => undefined,
  });
}

/** A gzip body whose last bytes name another size than it has. */
function claiming(size: number): Buffer {
  const packed = Buffer.from(gzipSync(text));
  packed.writeUInt32LE(size, packed.length - 4);
  return packed;
}

describe('readBody', () => {
  it('unpacks gzip, and takes what is not packed as it is', async () => {
    const packed = gzipSync(text);
    const unpacked = await read(packed);
    expect(unpacked.body.equals(text)).toBe(true);
    expect(unpacked.wireBytes).toBe(packed.length);
    const plain = await read(text, { encoding: 'identity' });
    expect(plain.body.equals(text)).toBe(true);
    const empty = await read(gzipSync(Buffer.alloc(0)));
    expect(empty.body).toHaveLength(0);
  });

  it('unpacks gzip of several members, of which only the last one is named in size', async () => {
    const half = text.length / 2;
    const members = [text.subarray(0, half), text.subarray(half)];
    const { body } = await read(
      Buffer.concat(members.map(member => gzipSync(member))),
    );
    expect(body.equals(text)).toBe(true);
  });

  it.each([1, 1_000, text.length + 1, 7 * MEBIBYTE, 0xffffffff])(
    'refuses a body that is not as large as its last bytes say: %d',
    async size => {
      await expect(read(claiming(size))).rejects.toThrow(
        'incorrect length check',
      );
    },
  );

  it('refuses what breaks off', async () => {
    const packed = gzipSync(text);
    for (const length of [1, 17, packed.length - 1]) {
      await expect(read(packed.subarray(0, length))).rejects.toThrow(
        'unexpected end of file',
      );
    }
  });

  it.each(['gzip', 'identity'])(
    'stops at the bound of a body: %s',
    async encoding => {
      const body = encoding === 'gzip' ? gzipSync(text) : text;
      await expect(
        read(body, { encoding, maxBodyBytes: text.length - 1 }),
      ).rejects.toThrow(BodyTooLargeError);
      await expect(
        read(body, { encoding, limitBytes: text.length - 1 }),
      ).rejects.toThrow(BodiesTooLargeError);
      const exact = { encoding, maxBodyBytes: text.length };
      expect((await read(body, exact)).body).toHaveLength(text.length);
    },
  );

  it('refuses an encoding that was not asked for', async () => {
    await expect(read(text, { encoding: 'br' })).rejects.toThrow(
      UnknownEncodingError,
    );
  });
});
