import type { ReactNode } from 'react';

/** A column of a `DataTable`. */
export interface Column<Row> {
  id: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** Right-aligned with tabular figures. */
  numeric?: boolean;
  /** Never breaks its text across lines: names, versions. */
  noWrap?: boolean;
  /** The server's name for sorting by this column; absent: not sortable. */
  sort?: string;
  /**
   * The width of the table in CSS pixels below which the column moves to a
   * second line under its row; absent: it always stays.
   */
  foldBelow?: number;
}

/**
 * The columns that a portal wants to see, in the order that it names them.
 *
 * @remarks
 * The first column names the row, so it is there whether named or not. Without
 * `ids` all are.
 *
 * @throws {@link Error} for an id that no column has.
 */
export function selectColumns<Row>(
  columns: Array<Column<Row>>,
  ids: readonly string[] | undefined,
): Array<Column<Row>> {
  if (!ids) {
    return columns;
  }
  const [first, ...others] = columns;
  return [
    first,
    ...ids
      .filter(id => id !== first.id)
      .map(id => {
        const column = others.find(other => other.id === id);
        if (!column) {
          throw new Error(
            `There is no column "${id}"; choose from ${columns
              .map(other => other.id)
              .join(', ')}`,
          );
        }
        return column;
      }),
  ];
}
