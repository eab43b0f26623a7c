import { ClusterError } from '../ClusterError';
import { LeaseLostError } from '../lease';
import { CountMismatchError } from '../store/CountMismatchError';
import type { JobTerm } from './JobTerm';
import type { RunProblem } from './RunJob';

/**
 * An error in the words of the ledger.
 *
 * @remarks
 * Once a term has ended early, errors are its consequence, whatever they look
 * like: a socket that was closed from here says nothing about the cluster. A
 * job that outran its budget is the cluster's doing, like a body that never
 * ends.
 */
export function problemOf(
  error: unknown,
  term: Pick<JobTerm, 'endedBy' | 'signal'>,
): RunProblem {
  if (error instanceof LeaseLostError || term.endedBy === 'lease_lost') {
    return {
      code: 'lease_lost',
      message: String(term.signal.reason?.message ?? (error as Error).message),
    };
  }
  if (term.endedBy === 'shutdown') {
    return { code: 'aborted', message: term.signal.reason.message };
  }
  if (term.endedBy === 'budget') {
    return { code: 'body_timeout', message: term.signal.reason.message };
  }
  if (error instanceof ClusterError) {
    const { code, message, missingRule, retryAfterMs } = error;
    return { code, message, missingRule, retryAfterMs };
  }
  if (error instanceof CountMismatchError) {
    return { code: error.code, message: error.message };
  }
  const { name, message } = error as Error;
  // Knex puts the statement, with its values, before the driver's own words.
  const [words] = message.split(' - ').slice(-1);
  return { code: 'internal', message: `${name}: ${words}` };
}
