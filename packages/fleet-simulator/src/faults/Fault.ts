/** The request a fault may choose by. */
export interface FaultRequest {
  method: string;
  path: string;
  query: URLSearchParams;
}

/** Which requests a fault strikes. */
export interface FaultScope {
  /** All requests unless given. */
  when?: (request: FaultRequest) => boolean;
  /** Only every nth of them. */
  every?: number;
  /** Only this share of them, by chance, 0 to 1. */
  probability?: number;
  /** No more than this many of them. */
  times?: number;
}

/** What happens to a connection before any request is read. */
export type ConnectionFault =
  /** Connections are accepted and never answered, not even the TLS handshake. */
  | { kind: 'black-hole-connections' }
  /** Nothing listens. */
  | { kind: 'refuse-connections' };

/** What happens to a request or to its answer. */
export type RequestFault =
  /** The answer comes later. */
  | { kind: 'latency'; ms: number }
  /** The request is read and never answered. */
  | { kind: 'black-hole' }
  /** The connection is cut before an answer. */
  | { kind: 'reset' }
  /** 429 from priority and fairness. */
  | { kind: 'throttle'; retryAfterSeconds: number }
  /** 503, as a front that has no server behind it says it. */
  | { kind: 'unavailable' }
  /** 401: the token is no longer known. */
  | { kind: 'unauthorized' }
  /** 403 on one resource, whatever the rules of the user say. */
  | { kind: 'forbidden'; group: string; resource: string }
  /** The group is neither discovered nor served. */
  | { kind: 'missing-group'; group: string }
  /** The body stops in the middle although its full length was announced. */
  | { kind: 'truncate'; afterBytes: number }
  /** The body comes in small pieces. */
  | { kind: 'drip'; bytesPerSecond: number }
  /** An HTML page instead of the answer, as proxies give it. */
  | { kind: 'html'; status: number }
  /** The right body under another content type. */
  | { kind: 'content-type'; value: string }
  /** Every path answers as some web server that is no Kubernetes at all. */
  | { kind: 'not-kubernetes' }
  /** Continue tokens are answered with 410 Expired. */
  | { kind: 'expire-continue' }
  /** Pages after the first give back the continue token that was sent. */
  | { kind: 'continue-loop' }
  /** The first object of the answer carries this much padding. */
  | { kind: 'huge-object'; bytes: number };

/** One way in which a cluster misbehaves. */
export type Fault = ConnectionFault | (RequestFault & FaultScope);
