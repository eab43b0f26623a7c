import type { KeysetPage, Position } from '../collect/store/keysetPage';
import type { CursorQuery, Cursors } from '../http/Cursors';

/** Where a page begins that is asked for; `undefined` for the first. */
export function positionOf(
  cursors: Cursors,
  cursorQuery: CursorQuery,
  cursor: string | undefined,
): Position | undefined {
  return cursor === undefined ? undefined : cursors.decode(cursor, cursorQuery);
}

/** The cursors around a page. */
export function pageInfo<T>(options: {
  cursors: Cursors;
  query: CursorQuery;
  page: KeysetPage<T>;
  keyOf(row: T): Position['key'];
}): { nextCursor?: string; previousCursor?: string } {
  const { cursors, query, page, keyOf } = options;
  const first = page.rows[0];
  const last = page.rows[page.rows.length - 1];
  const cursor = (row: T, direction: Position['direction']) =>
    cursors.encode({ key: keyOf(row), direction }, query);
  return {
    ...(last !== undefined &&
      page.hasNext && { nextCursor: cursor(last, 'after') }),
    ...(first !== undefined &&
      page.hasPrevious && { previousCursor: cursor(first, 'before') }),
  };
}
