import { createServer as createHttpsServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import type { FaultPlan } from '../faults/FaultPlan';
import type { CertificateAndKey } from '../tls/CertificateAuthority';

/**
 * A listener on loopback that can refuse, swallow and re-certify connections
 * while it runs, always on the same port.
 */
export class TlsListener {
  private readonly https: Server;
  private readonly sockets = new Set<Socket>();
  private tcp: TcpServer | undefined;
  private boundPort: number;

  constructor(
    private readonly options: {
      /** 0 for any free one. */
      port: number;
      certificate: CertificateAndKey;
      handler: (request: IncomingMessage, response: ServerResponse) => void;
      faults: FaultPlan;
    },
  ) {
    this.boundPort = options.port;
    const { certPem: cert, keyPem: key } = options.certificate;
    this.https = createHttpsServer({ cert, key }, options.handler);
    // Clients that give up in mid handshake are their own business.
    this.https.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** The port, once started. */
  get port(): number {
    return this.boundPort;
  }

  /** Binds the port; again after {@link TlsListener.pause}. */
  async start(): Promise<void> {
    if (this.tcp) return;
    const tcp = createTcpServer(socket => this.accept(socket));
    await new Promise<void>((resolve, reject) => {
      tcp.once('error', reject);
      tcp.listen(this.boundPort, '127.0.0.1', () => {
        tcp.removeListener('error', reject);
        resolve();
      });
    });
    this.tcp = tcp;
    this.boundPort = (tcp.address() as AddressInfo).port;
  }

  /** Frees the port and cuts every connection. */
  async pause(): Promise<void> {
    const { tcp } = this;
    this.tcp = undefined;
    this.dropConnections();
    if (tcp) await new Promise<void>(resolve => tcp.close(() => resolve()));
  }

  /** Cuts every connection; new ones are accepted. */
  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  /** Shows another certificate to new connections. */
  setCertificate(certificate: CertificateAndKey): void {
    const { certPem: cert, keyPem: key } = certificate;
    this.https.setSecureContext({ cert, key });
    this.dropConnections();
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (this.options.faults.connections === 'black-hole-connections') return;
    this.https.emit('connection', socket);
  }
}
