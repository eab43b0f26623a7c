import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** A request that left this process. */
export interface OutgoingRequest {
  /** `host:port` that it was sent to. */
  to: string;
  method: string;
  path: string;
  /** The head of the request, as it was sent. */
  head: string;
}

/**
 * Tells of every HTTP request that leaves this process, whichever client sends
 * it: undici, `fetch` and the `http` and `https` of Node all publish theirs.
 */
export function recordRequests(tell: (request: OutgoingRequest) => void): void {
  subscribe('undici:client:sendHeaders', message => {
    const { request, headers } = message as {
      request: { origin: string; method: string; path: string };
      headers: string;
    };
    const { method, path } = request;
    tell({ to: addressOf(request.origin), method, path, head: headers });
  });
  subscribe('http.client.request.start', message => {
    const { request } = message as { request: ClientRequest };
    const { method, path, host, protocol } = request;
    const named = String(request.getHeader('host') ?? host);
    tell({
      to: addressOf(`${protocol}//${named}`),
      method,
      path,
      head: Object.entries(request.getHeaders())
        .map(([name, value]) => `${name}: ${value}`)
        .join('\r\n'),
    });
  });
}

function addressOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
