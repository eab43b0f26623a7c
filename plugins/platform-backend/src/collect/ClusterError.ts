/**
 * Every way in which a cluster can fail to give what it was asked for.
 *
 * Codes are stable: they are stored in the ledger, served by the API and
 * translated by the UI.
 */
export type ClusterErrorCode =
  | 'connect_timeout'
  | 'connect_refused'
  | 'dns'
  | 'tls'
  | 'network'
  | 'headers_timeout'
  | 'body_timeout'
  | 'truncated'
  | 'too_large'
  | 'credentials'
  | 'unauthorized'
  | 'forbidden'
  | 'not_served'
  | 'expired'
  | 'throttled'
  | 'unavailable'
  | 'not_kubernetes'
  | 'malformed'
  | 'redirected'
  | 'identity_mismatch'
  | 'aborted'
  | 'internal';

/** A failure of a cluster, in words that name the cluster and what to do. */
export class ClusterError extends Error {
  readonly code: ClusterErrorCode;
  readonly clusterName: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The rule a ClusterRole lacks, where the answer was a 403. */
  readonly missingRule?: {
    apiGroups: string[];
    resources: string[];
    verbs: string[];
  };

  constructor(options: {
    code: ClusterErrorCode;
    clusterName: string;
    message: string;
    status?: number;
    retryAfterMs?: number;
    missingRule?: ClusterError['missingRule'];
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'ClusterError';
    this.code = options.code;
    this.clusterName = options.clusterName;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.missingRule = options.missingRule;
  }
}
