import type { Knex } from 'knex';
import type { BigIntValue, JsonValueOf } from './tables';

/**
 * Where SQLite and Postgres differ. Stores ask here and never look at the
 * client themselves.
 */

/** Whether the database is Postgres; everything else is SQLite. */
export function isPostgres(knex: Knex | Knex.Transaction): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * The database's clock as a SQL expression: epoch milliseconds, one clock for
 * all replicas.
 *
 * @remarks
 * The time of the statement, not of the transaction: it moves on inside a long
 * transaction, and an index can still be searched with it.
 */
export function nowMs(knex: Knex | Knex.Transaction): Knex.Raw<number> {
  return isPostgres(knex)
    ? knex.raw('(extract(epoch from statement_timestamp()) * 1000)::bigint')
    : knex.raw("cast(round(unixepoch('subsec') * 1000) as integer)");
}

/** {@link nowMs} and a number of milliseconds. */
export function nowPlusMs(
  knex: Knex | Knex.Transaction,
  offsetMs: number,
): Knex.Raw<number> {
  return knex.raw('(? + ?)', [nowMs(knex), Math.round(offsetMs)]);
}

/** Reads the database's clock: epoch milliseconds. */
export async function readNow(knex: Knex | Knex.Transaction): Promise<number> {
  const [{ now }] = (await knex.select({ now: nowMs(knex) })) as Array<{
    now: BigIntValue;
  }>;
  return toMillis(now);
}

/** A number in `[0, 1)`, drawn anew for every row. */
export function randomFraction(knex: Knex | Knex.Transaction): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('random()')
    : knex.raw('(abs(random() % 1000000) / 1000000.0)');
}

/** An instant or 64-bit counter as a number, however the driver returned it. */
export function toMillis(value: BigIntValue): number;
export function toMillis(value: BigIntValue | null): number | null;
export function toMillis(value: BigIntValue | null): number | null {
  return value === null ? null : Number(value);
}

// Postgres refuses the character U+0000 and unpaired surrogates in jsonb and
// text, and one such string in one annotation would keep a whole page out.
const UNSTORABLE =
  // eslint-disable-next-line no-control-regex
  /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that both databases can hold: what they cannot becomes U+FFFD. */
export function toText(value: string): string {
  return value.replace(UNSTORABLE, '\ufffd');
}

/**
 * Whether JSON holds text, in a value or a key, that a database refuses. Such
 * characters are always escaped in it, so one look is enough.
 */
export function hasUnstorable(json: string): boolean {
  return /\\u(?:0000|d[89a-f])/.test(json);
}

/** A value of JSON with {@link toText} applied to all its text, keys included. */
export function toStorable(value: unknown): unknown {
  if (typeof value === 'string') {
    return toText(value);
  }
  if (Array.isArray(value)) {
    return value.map(toStorable);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        toText(key),
        toStorable(entry),
      ]),
    );
  }
  return value;
}

/** A document for a `jsonb` column (text on SQLite); keys keep their order. */
export function toJson(value: object): string {
  const json = JSON.stringify(value);
  // Rare, so most documents are looked through once and not copied.
  return hasUnstorable(json) ? JSON.stringify(toStorable(value)) : json;
}

/** A document out of a `jsonb` column, however the driver returned it. */
export function parseJson<T extends object>(value: JsonValueOf<T>): T;
export function parseJson<T extends object>(
  value: JsonValueOf<T> | null,
): T | null;
export function parseJson<T extends object>(
  value: JsonValueOf<T> | null,
): T | null {
  return typeof value === 'string' ? (JSON.parse(value) as T) : value;
}

/**
 * How many rows one insert may have. SQLite takes 500 rows and 32,766
 * parameters, Postgres 65,535 parameters.
 */
export function insertChunkSize(columns: number): number {
  return Math.min(500, Math.floor(30_000 / columns));
}

/** Cuts a list into pieces of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}

/**
 * `column in (values)`, as one array parameter on Postgres, so that neither
 * the number of parameters nor the number of prepared statements grows.
 *
 * @remarks
 * On SQLite at most 30,000 values; cut longer lists with {@link chunks}.
 */
export function whereInArray<T extends Knex.QueryBuilder>(
  query: T,
  column: string | Knex.Raw,
  values: readonly string[],
): T {
  return isPostgres(query as unknown as Knex)
    ? (query.whereRaw('?? = any(?::text[])', [column, values as string[]]) as T)
    : (query.whereIn(column as string, values as string[]) as T);
}

/**
 * Takes a share lock on the rows a query finds, where the database has row
 * locks. SQLite has one writer at a time and needs none.
 */
export function lockForShare<T extends Knex.QueryBuilder>(query: T): T {
  return isPostgres(query as unknown as Knex) ? (query.forShare() as T) : query;
}

/** Like {@link lockForShare}, against everybody else. */
export function lockForUpdate<T extends Knex.QueryBuilder>(query: T): T {
  return isPostgres(query as unknown as Knex)
    ? (query.forUpdate() as T)
    : query;
}

/**
 * Lets the database end this transaction when nothing is asked in it for so
 * long. SQLite has no clients that it could wait for.
 */
export async function limitIdleTime(
  tx: Knex.Transaction,
  ms: number,
): Promise<void> {
  if (isPostgres(tx)) {
    await tx.raw(
      `set local idle_in_transaction_session_timeout = ${Math.round(ms)}`,
    );
  }
}

const DEADLOCK_CODES = new Set([
  '40P01', // Postgres: deadlock detected
  '40001', // Postgres: serialization failure
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

/**
 * Runs a transaction again when the database chose it as the victim of a
 * deadlock; nothing of it was kept, so running it again is safe.
 */
export async function retryOnDeadlock<T>(
  run: () => Promise<T>,
  attempts = 4,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (attempt >= attempts || !DEADLOCK_CODES.has(String(code))) {
        throw error;
      }
      await new Promise(resolve =>
        setTimeout(resolve, Math.random() * 50 * 2 ** attempt),
      );
    }
  }
}
