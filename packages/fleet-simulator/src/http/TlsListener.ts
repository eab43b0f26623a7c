import {
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import type { FaultPlan } from '../faults/FaultPlan';
import type { CertificateAndKey } from '../tls/CertificateAuthority';
import { TlsEndpoint, type RequestHandler } from './TlsEndpoint';

/**
 * A listener on loopback that can refuse, swallow and re-certify connections
 * while it runs, always on the same port.
 */
export class TlsListener {
  private readonly sockets = new Set<Socket>();
  private endpoint: TlsEndpoint;
  private tcp: Server | undefined;
  private boundPort: number;

  constructor(
    private readonly options: {
      /** 0 for any free one. */
      port: number;
      certificate: CertificateAndKey;
      handler: RequestHandler;
      faults: FaultPlan;
      /** Told of every connection that is accepted. */
      onConnection?: () => void;
    },
  ) {
    this.boundPort = options.port;
    this.endpoint = TlsEndpoint.of(options.certificate);
  }

  /** The port, once started. */
  get port(): number {
    return this.boundPort;
  }

  /** Binds the port; again after {@link TlsListener.pause}. */
  async start(): Promise<void> {
    if (this.tcp) return;
    const tcp = createServer(socket => this.accept(socket));
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
    this.endpoint.forget(this.boundPort);
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
    this.endpoint = TlsEndpoint.of(certificate);
    this.dropConnections();
  }

  private accept(socket: Socket): void {
    const { faults, handler, onConnection } = this.options;
    onConnection?.();
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (faults.connections === 'black-hole-connections') return;
    this.endpoint.serve(socket, this.boundPort, handler);
  }
}
