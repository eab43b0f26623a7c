import { isError, ResponseError } from '@backstage/errors';

/** What the page can tell apart about a failure. */
export type ProblemKind =
  | 'forbidden'
  | 'notFound'
  | 'badRequest'
  | 'tooMany'
  | 'other';

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
  if (error instanceof ResponseError && error.statusCode === 429) {
    return 'tooMany';
  }
  return KINDS[serverName(error)] ?? 'other';
}

/** The sentence that helps: the server's own where it gave one. */
export function problemMessage(error: Error): string {
  return isError(error.cause) && error.cause.message
    ? error.cause.message
    : error.message;
}

/**
 * How long the server asks to wait before the next attempt, in milliseconds,
 * from the header `Retry-After` in seconds or as a date; absent without one.
 */
export function retryAfterMs(error: Error): number | undefined {
  const header =
    error instanceof ResponseError
      ? error.response.headers.get('Retry-After')
      : null;
  if (header === null) {
    return undefined;
  }
  const seconds = Number(header);
  const ms = Number.isNaN(seconds)
    ? Date.parse(header) - Date.now()
    : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
