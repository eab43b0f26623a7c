import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';

const RETRY_BASE_MS = 100;
const RETRY_CAP_MS = 10_000;

/** Node and SQLite codes that mean: not now, but possibly later. */
const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // the socket file of a Postgres that is down
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_IOERR',
  'SQLITE_FULL',
  '25P03', // a transaction that stood still: this process did
  '25006', // read-only transaction: a standby that is not promoted yet
]);

/** Those of them that concern writing only: reading goes on and proves nothing. */
const WRITING_CODES = new Set([
  'SQLITE_FULL',
  '53100', // disk full
  '25006',
]);

/** SQLSTATE classes: connection, insufficient resources, operator intervention. */
const TRANSIENT_CLASSES = /^(08|53|57P)/;

// Knex puts the statement, with its values, before the driver's own words.
const TRANSIENT_MESSAGES =
  /(?:^| - )(?:Connection terminated(?: unexpectedly| due to connection timeout)?|Client (?:was closed|has encountered a connection error) and is not queryable|timeout expired|Unable to acquire a connection|Knex: Timeout acquiring a connection\. .*)$/;

/** Whether an error says that the database is away, not that a query is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!isError(error)) {
    return false;
  }
  const { code, errors } = error;
  if (typeof code === 'string') {
    if (TRANSIENT_CODES.has(code) || TRANSIENT_CLASSES.test(code)) {
      return true;
    }
  }
  // Several addresses of one host each refused.
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every(isDatabaseAway);
  }
  return TRANSIENT_MESSAGES.test(error.message);
}

/**
 * Carries work over an outage of the database: it is run again, with growing
 * pauses, until the database is back.
 *
 * @remarks
 * One per replica, so that an outage is logged once when it begins and once
 * when it ends, however much work waits for it.
 */
export class DatabaseOutage {
  private since: number | undefined;
  private begun = 0;
  /** Whether the database answers, but takes no writes. */
  private writesOnly = false;

  constructor(private readonly options: { logger: LoggerService }) {}

  /** Whether the database was away at the last attempt. */
  get active(): boolean {
    return this.since !== undefined;
  }

  /** How many outages this process has met. */
  get count(): number {
    return this.begun;
  }

  /**
   * Runs `work` until the database has let it end. It is run more than once,
   * possibly also when it was committed but its answer was lost, so it must be
   * safe to repeat.
   *
   * @throws whatever `work` throws that is not an outage; the outage's error
   * when `signal` aborts
   */
  async ride<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        const result = await work();
        // Without an attempt that failed, this may have been a mere read.
        if (attempt > 0 || !this.writesOnly) this.end();
        return result;
      } catch (error) {
        if (!isDatabaseAway(error)) {
          throw error;
        }
        this.begin(error);
        if (signal.aborted) {
          throw error;
        }
        const pause = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempt);
        await wait(pause * (0.5 + Math.random() / 2), signal);
        if (signal.aborted) {
          throw error;
        }
      }
    }
  }

  private begin(error: unknown) {
    this.writesOnly = isError(error) && WRITING_CODES.has(String(error.code));
    if (this.since === undefined) {
      this.since = Date.now();
      this.begun++;
      this.options.logger.error(
        'The database is away; collection waits for it and goes on by itself',
        error as Error,
      );
    }
  }

  private end() {
    if (this.since !== undefined) {
      const seconds = ((Date.now() - this.since) / 1000).toFixed(1);
      this.since = undefined;
      this.options.logger.info(
        `The database is back after ${seconds} s; collection goes on`,
      );
    }
  }
}

/** Waits, but not beyond the abort of `signal`. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
