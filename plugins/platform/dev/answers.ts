import type { Facets } from '@roadbed/backstage-plugin-platform-common';

/** What is asked of a list, whatever the list. */
export interface ListQuestion {
  q?: string;
  sort?: string;
  order?: string;
  limit?: unknown;
  cursor?: string;
  [filter: string]: unknown;
}

/** How the rows of a list are found by name, filtered and sorted. */
export interface ListFields<Row> {
  name: (row: Row) => string;
  /** The values of a row by filter; none means not known. */
  filters: Record<string, (row: Row) => string[]>;
  /** What rows are sorted by; ties are in the order of their names. */
  sorts: Record<string, (row: Row) => string>;
}

/** How the interface asks for rows whose value is not known. */
const UNKNOWN = 'unknown';

function valuesOf<Row>(of: (row: Row) => string[], row: Row): string[] {
  const values = of(row);
  return values.length > 0 ? values : [UNKNOWN];
}

function matching<Row>(
  rows: Row[],
  fields: ListFields<Row>,
  question: ListQuestion,
): Row[] {
  const wanted = Object.entries(fields.filters).flatMap(([name, of]) => {
    const values = [question[name] ?? []].flat() as string[];
    return values.length > 0 ? [{ values, of }] : [];
  });
  return rows.filter(
    row =>
      fields.name(row).includes(question.q ?? '') &&
      wanted.every(({ values, of }) =>
        valuesOf(of, row).some(value => values.includes(value)),
      ),
  );
}

/** All rows that answer a question, in its order. */
export function answerRows<Row>(
  rows: Row[],
  fields: ListFields<Row>,
  question: ListQuestion,
): Row[] {
  const key = fields.sorts[question.sort ?? ''] ?? fields.name;
  const compare = (a: string, b: string) =>
    a.localeCompare(b, undefined, { numeric: true });
  const direction = question.order === 'desc' ? -1 : 1;
  return matching(rows, fields, question).sort(
    (a, b) =>
      direction *
      (compare(key(a), key(b)) || compare(fields.name(a), fields.name(b))),
  );
}

/** One page of rows; a fixture's cursor says where the page starts. */
export function answerPage<Row>(rows: Row[], question: ListQuestion) {
  const limit = Number(question.limit ?? 50);
  const start = Number(question.cursor ?? 0);
  const end = start + limit;
  return {
    items: rows.slice(start, end),
    pageInfo: {
      nextCursor: end < rows.length ? String(end) : undefined,
      previousCursor:
        start > 0 ? String(Math.max(0, start - limit)) : undefined,
    },
    totalItems: rows.length,
  };
}

/** The values of each filter, counted over the rows that the others leave. */
export function answerFacets<Row>(
  rows: Row[],
  fields: ListFields<Row>,
  question: ListQuestion,
): Facets {
  return {
    facets: Object.entries(fields.filters).map(([name, of]) => {
      const counts = new Map<string, number>();
      const others = { ...question, [name]: undefined };
      for (const row of matching(rows, fields, others)) {
        for (const value of valuesOf(of, row)) {
          counts.set(value, (counts.get(value) ?? 0) + 1);
        }
      }
      const values = [...counts].map(([value, count]) => ({ value, count }));
      return {
        name,
        values: values.sort((a, b) => b.count - a.count).slice(0, 100),
        more: Math.max(0, values.length - 100),
      };
    }),
    totalItems: matching(rows, fields, question).length,
  };
}

/** Rows as CSV with one column per sort key. */
export function answerCsv<Row>(rows: Row[], fields: ListFields<Row>): string {
  const columns = Object.entries({ name: fields.name, ...fields.sorts });
  const line = (cells: string[]) =>
    cells.map(cell => `"${cell.replace(/"/g, '""')}"`).join(',');
  return [
    line(columns.map(([name]) => name)),
    ...rows.map(row => line(columns.map(([, of]) => of(row)))),
  ].join('\r\n');
}
