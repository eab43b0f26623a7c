import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { NUMERIC, SortHeader, type TableSort } from './SortHeader';

/** A column of a {@link DataTable}. */
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
}

/** The class of cells that stay on one line. */
const NO_WRAP = 'roadbed-no-wrap';

const useStyles = makeStyles(
  theme => ({
    // Narrow screens scroll the table, not the page.
    scroll: { overflowX: 'auto' },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: '0.875rem',
      '& th, & td': {
        padding: theme.spacing(1.125, 1.25),
        textAlign: 'left',
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& thead th': { fontSize: '0.75rem', fontWeight: 600 },
      '& tbody tr:last-child td, & tbody tr:last-child th': { borderBottom: 0 },
      '& tbody tr:hover': { backgroundColor: theme.palette.action.hover },
      '& tbody th': { fontWeight: 400, whiteSpace: 'nowrap' },
      '& tbody th:first-child': {
        position: 'sticky',
        left: 0,
        backgroundColor: theme.palette.background.paper,
      },
      [`& .${NO_WRAP}`]: { whiteSpace: 'nowrap' },
      [`& .${NUMERIC}`]: {
        textAlign: 'right',
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
      },
    },
    pending: { opacity: 0.55 },
  }),
  { name: 'RoadbedDataTable' },
);

function cellClass(column: { numeric?: boolean; noWrap?: boolean }) {
  if (column.numeric) {
    return NUMERIC;
  }
  return column.noWrap ? NO_WRAP : undefined;
}

/** Properties of {@link DataTable}. */
export interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  columns: Array<Column<Row>>;
  rows: Row[];
  rowKey: (row: Row) => string;
  sort?: TableSort;
  /** The rows belong to the question before; new ones are on their way. */
  pending?: boolean;
  /** What stands in the place of rows: empty, loading, error, forbidden. */
  placeholder?: ReactNode;
}

/**
 * A table whose rows come sorted and paged from the server. The first column
 * names the row and stays in sight when a narrow screen scrolls sideways.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, sort, pending, placeholder } = props;
  const classes = useStyles();
  return (
    <>
      <div
        className={classes.scroll}
        role="group"
        aria-label={label}
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table className={classes.table} aria-busy={pending ?? false}>
          <thead>
            <tr>
              {columns.map(column => (
                <SortHeader key={column.id} column={column} sort={sort} />
              ))}
            </tr>
          </thead>
          <tbody className={pending ? classes.pending : undefined}>
            {rows.map(row => (
              <tr key={rowKey(row)}>
                {columns.map((column, index) => {
                  const Cell = index === 0 ? 'th' : 'td';
                  return (
                    <Cell
                      key={column.id}
                      scope={index === 0 ? 'row' : undefined}
                      className={cellClass(column)}
                    >
                      {column.render(row)}
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {/* Outside of what scrolls: its words stay in sight on a narrow screen. */}
      {placeholder}
    </>
  );
}
