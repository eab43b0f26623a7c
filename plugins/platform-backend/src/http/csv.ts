import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A column of an export: a stable name, and what stands in it. */
export interface CsvColumn<T> {
  name: string;
  /** `null` and `undefined` are not known and leave the field empty. */
  value(row: T): string | number | boolean | null | undefined;
}

/** A list as it is exported. */
export interface CsvExport<T> {
  /** Without its ending, such as `clusters`. */
  fileName: string;
  columns: ReadonlyArray<CsvColumn<T>>;
  /** Read while it is sent, so that a long list needs no more memory than a short one. */
  rows: AsyncIterable<T>;
}

/**
 * Sends a list as CSV.
 *
 * @remarks
 * Texts that a spreadsheet would take for a formula are made harmless. A
 * failure before the first row is thrown, to be answered as any other; after
 * it the connection is cut, so that half a list does not look like a whole one.
 */
export async function sendCsv<T>(
  res: Response,
  { fileName, columns, rows }: CsvExport<T>,
): Promise<void> {
  const iterator = rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  res.status(200);
  res.setHeader('Content-Type', 'text/csv; charset=utf-8');
  res.setHeader(
    'Content-Disposition',
    `attachment; filename="platform-${fileName}.csv"`,
  );
  res.setHeader('Cache-Control', 'no-store');
  await pipeline(
    Readable.from(records(first, iterator, columns)),
    stringify({
      header: true,
      columns: columns.map(({ name }) => name),
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { boolean: value => String(value) },
    }),
    res,
  );
}

async function* records<T>(
  first: IteratorResult<T>,
  iterator: AsyncIterator<T>,
  columns: ReadonlyArray<CsvColumn<T>>,
): AsyncIterable<unknown[]> {
  try {
    for (let next = first; !next.done; next = await iterator.next()) {
      const { value: row } = next;
      yield columns.map(({ value }) => value(row) ?? '');
    }
  } finally {
    await iterator.return?.();
  }
}

/** Whether an export ended because nobody listens any more, which is no fault. */
export function isClientGone(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';
}
