import type { Knex } from 'knex';

/** Where a page begins: the sort key of the row beside it. */
export interface Position {
  /** Values of the sort columns of that row. */
  key: Array<string | number | null>;
  /** `before` walks back: the page ends in front of that row. */
  direction: 'after' | 'before';
}

/** One page and what lies around it. */
export interface KeysetPage<T> {
  rows: T[];
  /** Whether there are rows after the last and before the first of the page. */
  hasNext: boolean;
  hasPrevious: boolean;
}

/**
 * Reads one page of a query by the values of its sort columns, so that a page
 * deep in the list costs what the first one does and rows that come and go
 * neither repeat nor hide others.
 *
 * @param options.columns - sort columns, of which the last ones make every row
 *   unique; none may be null
 */
export async function keysetPage<T>(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  columns: readonly string[];
  order: 'asc' | 'desc';
  limit: number;
  position?: Position;
}): Promise<KeysetPage<T>> {
  const { knex, query, columns, order, limit, position } = options;
  const backwards = position?.direction === 'before';
  const ascending = (order === 'asc') !== backwards;
  const page = query.clone();
  if (position) {
    page.where(
      knex.raw(
        `(${columns.map(() => '??').join(', ')}) ${
          ascending ? '>' : '<'
        } (${columns.map(() => '?').join(', ')})`,
        [...columns, ...(position.key as Knex.Value[])],
      ),
    );
  }
  for (const column of columns) {
    page.orderBy(column, ascending ? 'asc' : 'desc');
  }
  const found: T[] = await page.limit(limit + 1);
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  return backwards
    ? { rows: rows.reverse(), hasNext: true, hasPrevious: more }
    : { rows, hasNext: more, hasPrevious: position !== undefined };
}

/** Escapes what `like` would take for a pattern; use with `escape '\\'`. */
export function likePattern(text: string): string {
  return `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
}
