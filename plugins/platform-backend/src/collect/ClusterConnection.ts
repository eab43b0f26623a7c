/** An answer of an API server whose body was read completely. */
export interface ClusterResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Decompressed. */
  body: Buffer;
  /** Bytes on the wire, before decompression. */
  wireBytes: number;
  /**
   * The body is not used any more: others may have its memory. Only bodies
   * larger than a page take any; see `MAX_LARGE_BODIES_BYTES`.
   */
  release?(): void;
}

/** One request to an API server; Roadbed only ever reads. */
export interface ClusterRequest {
  /** Absolute path such as `/api/v1/pods`. */
  path: string;
  query?: Record<string, string>;
  accept?: string;
  /** Of the answer, after decompression; what the connection allows if absent. */
  maxBodyBytes?: number;
  signal: AbortSignal;
}

/**
 * A way to one cluster. It answers with whatever the server said, and throws
 * only when there was no complete answer.
 *
 * @remarks
 * `get` throws {@link ClusterError} for transport failures (`connect_timeout`,
 * `connect_refused`, `dns`, `tls`, `truncated`, `body_timeout`, `too_large`,
 * `credentials`); turning a status into an error is the business of the
 * layer above.
 */
export interface ClusterConnection {
  readonly clusterName: string;
  readonly access: 'direct' | 'proxy';
  get(request: ClusterRequest): Promise<ClusterResponse>;
  /** Closes pooled sockets; the connection is not used afterwards. */
  close(): Promise<void>;
}
