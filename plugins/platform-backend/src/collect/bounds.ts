/**
 * How long and how much a cluster may take. Everything that a cluster sends is
 * measured against these; whatever exceeds one ends the request or the run with
 * an error, and what was stored before stays.
 */

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

/** How long and how much one request to a cluster may take. */
export interface ConnectionBounds {
  /** TCP and TLS handshake, milliseconds. */
  connectTimeoutMs: number;
  /** From the request to the first byte of the answer, milliseconds. */
  headersTimeoutMs: number;
  /** Between two pieces of a body, milliseconds. */
  bodyTimeoutMs: number;
  /**
   * Bytes on the wire per second, over each `bodyTimeoutMs` until the body
   * ends: what stops a body that comes byte by byte and would hold a slot until
   * the deadline.
   */
  minBytesPerSecond: number;
  /** The whole request; what stops a body that never ends. Milliseconds. */
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
  minBytesPerSecond: 512,
  deadlineMs: 120_000,
  maxWireBytes: 64 * MEBIBYTE,
  maxBodyBytes: 128 * MEBIBYTE,
  connections: 2,
});

/** Answers of 1xx before the one that counts; API servers send none. */
export const MAX_INTERIM_ANSWERS = 10;

/** Greatest body of a single object, such as the namespace that says who a cluster is. */
export const MAX_OBJECT_BODY_BYTES = 4 * MEBIBYTE;

/** Greatest body of a probe: what 2,000 resource types are discovered by is about 2 MB. */
export const MAX_PROBE_BODY_BYTES = 8 * MEBIBYTE;

/**
 * Bodies that all requests of this process may hold at a time, beyond the
 * first {@link FREE_BODY_BYTES} of each. A body that does not fit in is
 * `too_large`: it is asked for in smaller pages, or at the next run.
 */
export const MAX_LARGE_BODIES_BYTES = 256 * MEBIBYTE;

/** What each body may have without asking: twice the page that is aimed at. */
export const FREE_BODY_BYTES = 16 * MEBIBYTE;

/** Where a list ends although the cluster says that there is more. */
export interface ListBounds {
  maxPages: number;
  /**
   * Objects of one list. Also the rows that may be stored of one collector and
   * cluster, so that lists that never end do not fill the database run by run.
   */
  maxObjects: number;
  /** All bodies of one list together, after decompression. */
  maxBytes: number;
}

/**
 * Far beyond any cluster: Kubernetes is built for 150,000 pods in one, and
 * 500,000 pods of 9 KiB are 4.3 GiB.
 */
export const DEFAULT_LIST_BOUNDS: Readonly<ListBounds> = Object.freeze({
  maxPages: 10_000,
  maxObjects: 500_000,
  maxBytes: 8 * GIBIBYTE,
});

/**
 * Characters of a resourceVersion or of the UID of a cluster, which are stored
 * as they are. Versions are numbers of up to 20 digits, UIDs have 36.
 */
export const MAX_OPAQUE_LENGTH = 128;

/**
 * Characters of a continue token, which travels in a URL. Those of the API
 * server hold the key of one object and have some hundred.
 */
export const MAX_CONTINUE_LENGTH = 8_192;

/**
 * Objects, arrays and fields in one object, or in a list beside its objects.
 * Each takes up to a hundred bytes of memory, and two of the body. An object
 * in etcd has at most 1.5 MB.
 */
export const MAX_VALUES = 1_000_000;

/**
 * Characters of the JSON of one row. The document of a Deployment has 3,000,
 * that of one with forty containers some 50,000.
 */
export const MAX_DOCUMENT_LENGTH = 256 * 1024;

/**
 * Characters that sums over objects may hold until their list is complete:
 * 100,000 workloads with their labels, images and nodes take some 120 million.
 */
export const MAX_SUMMED_CHARACTERS = 256 * MEBIBYTE;

/** Longest wait that a `Retry-After` is followed for, milliseconds. */
export const MAX_RETRY_AFTER_MS = 15 * 60_000;

/**
 * How many clusters a name may lead to within a day: the rows of each are kept
 * apart, and a cluster that says it is another one at every run would fill the
 * database. One that is built anew every hour is still followed.
 */
export const MAX_IDENTITIES_PER_DAY = 24;
