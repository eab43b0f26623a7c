import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** A request as it goes over the wire. */
export interface RawRequest {
  method: string;
  /** Path and query, encoded already; sent as it is. */
  target: string;
  headers: ReadonlyArray<readonly [name: string, value: string]>;
  body?: string;
}

/** What came back. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** An answer that takes longer is taken for one that never comes. */
const TIMEOUT_MS = 10_000;
/** More than any answer over the few objects of a test. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Sends requests that HTTP clients would refuse to send or would mend.
 *
 * @param port - of a server on the loopback address
 */
export function rawSender(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const send = ({
    method,
    target,
    headers,
    body,
  }: RawRequest): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      const what = `${method} ${target}`;
      const sent = request(
        { agent, host: '127.0.0.1', port, method, path: target },
        received => {
          const parts: Buffer[] = [];
          let size = 0;
          received.on('data', (part: Buffer) => {
            parts.push(part);
            size += part.length;
            if (size > MAX_BYTES) {
              sent.destroy(new Error(`${what} was answered without an end`));
            }
          });
          received.on('end', () =>
            resolve({
              status: received.statusCode!,
              headers: received.headers,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
          received.on('error', reject);
        },
      );
      sent.setTimeout(TIMEOUT_MS, () =>
        sent.destroy(new Error(`${what} was not answered`)),
      );
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The server may close a connection in the moment it is used again.
        if (sent.reusedSocket && error.code === 'ECONNRESET') {
          resolve(send({ method, target, headers, body }));
        } else {
          reject(error);
        }
      });
      for (const [name, value] of headers) sent.setHeader(name, value);
      // Node leaves it out where it expects no body.
      if (body !== undefined) {
        sent.setHeader('Content-Length', Buffer.byteLength(body));
      }
      sent.end(body);
    });
  return {
    close: () => agent.destroy(),
    /** @throws Error when no answer comes, or one that does not end */
    send,
  };
}
