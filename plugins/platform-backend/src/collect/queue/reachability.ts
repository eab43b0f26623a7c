/**
 * What the end of a run says about the way to the cluster.
 *
 * - `reached`: the API server answered, if only to refuse
 * - `unreached`: it gave no answer; several in a row open the circuit breaker
 * - `unknown`: neither, such as a run that was aborted from here
 */
export type Reachability = 'reached' | 'unreached' | 'unknown';

const UNREACHED: ReadonlySet<string> = new Set([
  'connect_timeout',
  'connect_refused',
  'dns',
  'tls',
  'network',
  'headers_timeout',
  'body_timeout',
]);

const REACHED: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'not_served',
  'expired',
  'throttled',
  'malformed',
  'too_large',
  'count_mismatch',
  'identity_mismatch',
  'duplicate',
]);

/** @param code - of the run's problem; `undefined` when there was none */
export function reachability(code: string | undefined): Reachability {
  if (code === undefined || REACHED.has(code)) {
    return 'reached';
  }
  return UNREACHED.has(code) ? 'unreached' : 'unknown';
}
