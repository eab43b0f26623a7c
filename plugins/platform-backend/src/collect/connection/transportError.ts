import { errors as undiciErrors } from 'undici';
import { ClusterError, type ClusterErrorCode } from '../ClusterError';
import { SlowBodyError } from './minimumRate';
import {
  BodiesTooLargeError,
  BodyTooLargeError,
  UnknownEncodingError,
} from './readBody';

/** Interim answers (1xx) without end, each of which is an answer in time. */
export class InterimAnswersError extends Error {
  constructor() {
    super('Interim answers without end');
    this.name = 'InterimAnswersError';
  }
}

/** How far a request had come when it failed. */
export type RequestPhase = 'headers' | 'body';

/** What a message needs to name the cluster and the way to it. */
export interface Endpoint {
  clusterName: string;
  /** Scheme, host and port: what people recognise, and never a secret. */
  origin: string;
  access: 'direct' | 'proxy';
}

const TLS_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Where the address of each way in is set. */
const CONFIGURED_IN = {
  direct: 'app-config `kubernetes.clusterLocatorMethods`',
  proxy: 'app-config `backend.baseUrl` or `discovery.endpoints`',
};

/**
 * Turns what a socket, TLS, undici or zlib throws into a failure in words.
 *
 * @remarks
 * Own words only: foreign messages can carry addresses and header values, so
 * they stay in `cause`, which is logged in debug and never stored.
 */
export function transportError(options: {
  error: unknown;
  phase: RequestPhase;
  endpoint: Endpoint;
  /** The request ran into its own deadline, of that many milliseconds. */
  deadlineMs?: number;
}): ClusterError {
  const { error, phase, endpoint, deadlineMs } = options;
  const { clusterName, origin } = endpoint;
  const configuredIn = CONFIGURED_IN[endpoint.access];
  const failure = (code: ClusterErrorCode, what: string, remedy: string) =>
    new ClusterError({
      code,
      clusterName,
      message: `Cluster ${clusterName}: ${what}; ${remedy}`,
      cause: error,
    });

  if (deadlineMs !== undefined) {
    return failure(
      phase === 'headers' ? 'headers_timeout' : 'body_timeout',
      `${origin} did not finish its answer within ${seconds(deadlineMs)}`,
      'check the load of the API server and the network between',
    );
  }
  if (error instanceof BodyTooLargeError) {
    return failure(
      'too_large',
      `the answer of ${origin} is larger than ${megabytes(error.limitBytes)}`,
      'read fewer objects at once, or leave the collector of the large objects out',
    );
  }
  if (error instanceof BodiesTooLargeError) {
    return failure(
      'too_large',
      `the answer of ${origin} is large, and together with others that are being read it is larger than ${megabytes(
        error.limitBytes,
      )}`,
      'it is asked for again; if it stays, look for the cluster whose answers are large',
    );
  }
  if (error instanceof SlowBodyError) {
    return failure(
      'body_timeout',
      `${origin} sends its answer with less than ${error.bytesPerSecond} bytes a second`,
      'check the load of the API server and the network between',
    );
  }
  if (error instanceof InterimAnswersError) {
    return failure(
      'not_kubernetes',
      `${origin} sends interim answers (1xx) without end`,
      'check that the URL leads to the API server',
    );
  }
  if (error instanceof UnknownEncodingError) {
    return failure(
      'malformed',
      `${origin} answered in an encoding that was not asked for`,
      'only gzip is; look for a proxy between that re-encodes answers',
    );
  }

  const code = codeOf(error);
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return failure(
        'connect_timeout',
        `no connection to ${origin} in time`,
        'check firewalls and routes from the backend to the API server',
      );
    case 'ECONNREFUSED':
      return failure(
        'connect_refused',
        `${origin} refuses connections`,
        `check that the API server runs there and that its URL in ${configuredIn} is right`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failure(
        'dns',
        `the host of ${origin} does not resolve`,
        `check the URL in ${configuredIn} and the DNS of the backend`,
      );
    case 'UND_ERR_HEADERS_TIMEOUT':
      return failure(
        'headers_timeout',
        `${origin} accepted the connection but did not answer in time`,
        'check the load of the API server',
      );
    case 'UND_ERR_BODY_TIMEOUT':
      return failure(
        'body_timeout',
        `${origin} stopped in the middle of its answer`,
        'check the load of the API server and the network between',
      );
    case 'UND_ERR_HEADERS_OVERFLOW':
      return failure(
        'not_kubernetes',
        `the answer of ${origin} has more headers than any API server sends`,
        'check that the URL leads to the API server, and look for a proxy between that adds headers',
      );
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return failure(
        'too_large',
        `the answer of ${origin} is larger than allowed`,
        'read fewer objects at once, or leave the collector of the large objects out',
      );
    case 'ERR_NON_PUBLIC_ADDRESS':
      return failure(
        'network',
        `the host of ${origin} resolves to an address that is not public, which is refused for clusters that come from the catalog`,
        `move the cluster to ${configuredIn}, or name the host in \`dangerouslyAllowClusterUrls\` of the catalog locator`,
      );
    case 'Z_DATA_ERROR':
      return failure(
        'malformed',
        `the compressed answer of ${origin} is damaged`,
        'look for a proxy between that rewrites answers',
      );
    default:
      break;
  }
  if (error instanceof undiciErrors.HTTPParserError) {
    return failure(
      'not_kubernetes',
      `what answers at ${origin} does not keep to HTTP`,
      'check that the URL leads to the API server',
    );
  }
  if (isTlsCode(code)) {
    return failure('tls', ...tlsWords(code, endpoint));
  }
  if (phase === 'body') {
    return failure(
      'truncated',
      `the answer of ${origin} was cut off`,
      'nothing is concluded from the part that came; it is tried again at the next run',
    );
  }
  return failure(
    'network',
    `the connection to ${origin} broke before it answered${
      code ? ` (${code})` : ''
    }`,
    'check the network and any proxy between',
  );
}

function tlsWords(code: string, endpoint: Endpoint): [string, string] {
  const { clusterName, origin } = endpoint;
  const configuredIn = CONFIGURED_IN[endpoint.access];
  if (code === 'CERT_HAS_EXPIRED') {
    return [`the certificate of ${origin} has expired`, 'renew it'];
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      `the certificate of ${origin} is for another host name`,
      `use a host name of the certificate as the URL in ${configuredIn}`,
    ];
  }
  if (TLS_CODES.has(code)) {
    return [
      `the certificate of ${origin} is not signed by the caData or caFile of cluster ${clusterName} in ${configuredIn}`,
      "put the cluster's CA there",
    ];
  }
  return [
    `no TLS session with ${origin} (${code})`,
    `check that the URL in ${configuredIn} leads to the API server, and its caData`,
  ];
}

function isTlsCode(code: string | undefined): code is string {
  return (
    code !== undefined &&
    (TLS_CODES.has(code) ||
      code.startsWith('CERT_') ||
      code.startsWith('ERR_TLS_') ||
      code.startsWith('ERR_SSL_') ||
      code.startsWith('ERR_OSSL_') ||
      code === 'EPROTO')
  );
}

/** The code of an error, or of the one it wraps: happy eyeballs wrap several. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 3) {
    return undefined;
  }
  const { code, cause, errors } = error as {
    code?: unknown;
    cause?: unknown;
    errors?: unknown[];
  };
  if (typeof code === 'string') {
    return code;
  }
  return (
    codeOf(cause, depth + 1) ??
    (Array.isArray(errors) ? codeOf(errors[0], depth + 1) : undefined)
  );
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}

function megabytes(bytes: number): string {
  return bytes >= 1024 * 1024
    ? `${Math.round(bytes / 1024 / 1024)} MiB`
    : `${bytes} bytes`;
}
