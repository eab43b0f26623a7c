import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { CertificateAndKey } from '../tls/CertificateAuthority';

/** How long the API server keeps a connection without requests. */
const IDLE_TIMEOUT_MS = 90_000;

/** Answers requests of one port. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => void;

/**
 * The HTTPS side of all listeners that show the same certificate: a key and
 * its context take memory that thousands of clusters must not take each.
 */
export class TlsEndpoint {
  private static readonly shared = new WeakMap<
    CertificateAndKey,
    TlsEndpoint
  >();
  private readonly server: Server;
  private readonly handlers = new Map<number, RequestHandler>();

  private constructor(certificate: CertificateAndKey) {
    const { certPem: cert, keyPem: key } = certificate;
    this.server = createServer({ cert, key }, (request, response) => {
      const handler = this.handlers.get(request.socket.localPort ?? 0);
      if (handler) handler(request, response);
      else response.destroy();
    });
    // Node's five seconds end connections that clients pool between two cycles.
    this.server.keepAliveTimeout = IDLE_TIMEOUT_MS;
    // Clients that give up in mid handshake are their own business.
    this.server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** The one endpoint of a certificate. */
  static of(certificate: CertificateAndKey): TlsEndpoint {
    const known = this.shared.get(certificate) ?? new TlsEndpoint(certificate);
    this.shared.set(certificate, known);
    return known;
  }

  /** Speaks TLS and HTTP on a connection to a port. */
  serve(socket: Socket, port: number, handler: RequestHandler): void {
    this.handlers.set(port, handler);
    this.server.emit('connection', socket);
  }

  /** The port is no longer served. */
  forget(port: number): void {
    this.handlers.delete(port);
  }
}
