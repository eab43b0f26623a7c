import { isError } from '@backstage/errors';

/** What the page can tell apart about a failure. */
export type ProblemKind = 'forbidden' | 'notFound' | 'badRequest' | 'other';

const KINDS: Record<string, ProblemKind> = {
  NotAllowedError: 'forbidden',
  NotFoundError: 'notFound',
  InputError: 'badRequest',
};

/** The name the server gave the error; its client wraps it as the `cause`. */
function serverName(error: Error): string {
  return isError(error.cause) ? error.cause.name : error.name;
}

/** Which kind of failure an error of the API is. */
export function problemKind(error: Error): ProblemKind {
  return KINDS[serverName(error)] ?? 'other';
}

/** The sentence that helps: the server's own where it gave one. */
export function problemMessage(error: Error): string {
  return isError(error.cause) && error.cause.message
    ? error.cause.message
    : error.message;
}
