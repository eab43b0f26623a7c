const MEBIBYTE = 1024 * 1024;

/** How long and how much one request to a cluster may take. */
export interface ConnectionBounds {
  /** TCP and TLS handshake, milliseconds. */
  connectTimeoutMs: number;
  /** From the request to the first byte of the answer, milliseconds. */
  headersTimeoutMs: number;
  /** Between two pieces of a body, milliseconds. */
  bodyTimeoutMs: number;
  /** The whole request; what stops a body that keeps dripping. Milliseconds. */
  deadlineMs: number;
  /** Bytes on the wire, before decompression. */
  maxWireBytes: number;
  /** Bytes after decompression: a small gzip body can hide a huge one. */
  maxBodyBytes: number;
  /** Sockets per cluster, which is also the number of requests at a time. */
  connections: number;
}

/**
 * The bounds of production.
 *
 * @remarks
 * A page of 500 pods is about 4.6 MB, 0.44 MB compressed; a whole unpaginated
 * list of 10,000 pods, the largest thing ever read at once, about 92 MB.
 */
export const DEFAULT_BOUNDS: Readonly<ConnectionBounds> = Object.freeze({
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 30_000,
  deadlineMs: 120_000,
  maxWireBytes: 64 * MEBIBYTE,
  maxBodyBytes: 128 * MEBIBYTE,
  connections: 2,
});
