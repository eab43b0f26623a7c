import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { JsonText, type BodyReply } from '../api/Reply';
import type { RequestFault } from '../faults/Fault';
import { faultOf } from '../faults/FaultPlan';

const gzipped = promisify(gzip);

/** The real server compresses bodies above this and no smaller ones. */
const GZIP_THRESHOLD_BYTES = 128 * 1024;

/** Clients that a person is looking at get indented JSON. */
const HUMAN_AGENTS = /^(curl|Wget|Mozilla\/5\.0)/;

/**
 * Writes an answer the way the API server does, with the faults that touch
 * bodies.
 *
 * @returns bytes of the body as it was written, and before compression
 */
export async function writeReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: BodyReply,
  faults: readonly RequestFault[],
): Promise<{ bytesSent: number; bytesRaw: number }> {
  const headers: Record<string, string> = {
    ...commonHeaders(),
    'content-type': 'application/json',
    ...reply.headers,
  };
  const contentType = faultOf(faults, 'content-type');
  if (contentType) headers['content-type'] = contentType.value;
  let body = bodyOf(reply.body, isHuman(request));
  const bytesRaw = body.length;
  if (
    body.length > GZIP_THRESHOLD_BYTES &&
    /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  ) {
    body = await gzipped(body, { level: constants.Z_BEST_SPEED });
    headers['content-encoding'] = 'gzip';
    headers.vary = 'Accept-Encoding';
  }
  headers['content-length'] = String(body.length);
  if (response.destroyed) return { bytesSent: 0, bytesRaw };
  response.writeHead(reply.status, headers);
  if (request.method === 'HEAD') {
    response.end();
    return { bytesSent: 0, bytesRaw };
  }
  const bytesSent = await writeBody(response, body, faults);
  return { bytesSent, bytesRaw };
}

function bodyOf(body: BodyReply['body'], indented: boolean): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  if (!(body instanceof JsonText)) {
    return Buffer.from(JSON.stringify(body, null, indented ? 2 : undefined));
  }
  const text = body.pieces.join('');
  return Buffer.from(
    indented ? JSON.stringify(JSON.parse(text), null, 2) : text,
  );
}

/** Headers that every answer of an API server carries. */
export function commonHeaders(): Record<string, string> {
  return { 'audit-id': randomUUID(), 'cache-control': 'no-cache, private' };
}

async function writeBody(
  response: ServerResponse,
  body: Buffer,
  faults: readonly RequestFault[],
): Promise<number> {
  const truncate = faultOf(faults, 'truncate');
  if (truncate) {
    // The announced length is never reached: the client must notice.
    const part = body.subarray(0, truncate.afterBytes);
    response.write(part, () => response.destroy());
    return part.length;
  }
  const drip = faultOf(faults, 'drip');
  if (drip) {
    const piece = Math.max(1, Math.floor(drip.bytesPerSecond / 10));
    for (let start = 0; start < body.length; start += piece) {
      if (response.destroyed) return start;
      response.write(body.subarray(start, start + piece));
      await delay(100, undefined, { ref: false });
    }
  } else {
    response.write(body);
  }
  response.end();
  return body.length;
}

function isHuman(request: IncomingMessage): boolean {
  const pretty = new URL(request.url ?? '/', 'https://server').searchParams.get(
    'pretty',
  );
  if (pretty !== null) return pretty === 'true' || pretty === '1';
  return HUMAN_AGENTS.test(request.headers['user-agent'] ?? '');
}
