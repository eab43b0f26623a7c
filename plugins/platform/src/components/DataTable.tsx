import { makeStyles } from '@material-ui/core/styles';
import { Fragment, type ReactNode } from 'react';
import type { Column } from './Column';
import { FoldedRow, FoldedSorts } from './FoldedColumns';
import { NUMERIC, SortHeader, type TableSort } from './SortHeader';
import { useWidth } from './useWidth';

export type { Column } from './Column';

/** Below this width in CSS pixels text breaks anywhere before a table scrolls. */
const NARROW = 700;

/** The class of cells that stay on one line. */
const NO_WRAP = 'roadbed-no-wrap';

/** The class of rows that go on in a second line. */
const CONTINUED = 'roadbed-continued';

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
      '& tbody th': { fontWeight: 400 },
      '& tbody th:first-child': {
        position: 'sticky',
        left: 0,
        backgroundColor: theme.palette.background.paper,
      },
      [`& tr.${CONTINUED} th, & tr.${CONTINUED} td`]: {
        borderBottom: 0,
        paddingBottom: theme.spacing(0.25),
      },
      [`& .${NO_WRAP}`]: { whiteSpace: 'nowrap' },
      [`& .${NUMERIC}`]: {
        textAlign: 'right',
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
      },
    },
    // Names stay on one line until they would push the rest out of sight.
    name: { width: 'max-content', maxWidth: 320, overflowWrap: 'anywhere' },
    narrow: {
      '& $name': { maxWidth: 160 },
      '& tbody td': { overflowWrap: 'anywhere' },
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
 * names the row; what has no room beside it moves to a second line, and what
 * is still too wide scrolls within the table.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, sort, pending, placeholder } = props;
  const classes = useStyles();
  const [width = Infinity, ref] = useWidth();
  const folded = columns.filter(({ foldBelow = 0 }) => width < foldBelow);
  const shown = columns.filter(column => !folded.includes(column));
  const className =
    width < NARROW ? `${classes.table} ${classes.narrow}` : classes.table;
  return (
    <>
      <div
        ref={ref}
        className={classes.scroll}
        role="group"
        aria-label={label}
        // What scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table className={className} aria-busy={pending ?? false}>
          <thead>
            <tr>
              {shown.map(column => (
                <SortHeader key={column.id} column={column} sort={sort} />
              ))}
            </tr>
            <FoldedSorts columns={folded} sort={sort} span={shown.length} />
          </thead>
          <tbody className={pending ? classes.pending : undefined}>
            {rows.map(row => (
              <Fragment key={rowKey(row)}>
                <tr className={folded.length > 0 ? CONTINUED : undefined}>
                  {shown.map((column, index) => {
                    const Cell = index === 0 ? 'th' : 'td';
                    return (
                      <Cell
                        key={column.id}
                        scope={index === 0 ? 'row' : undefined}
                        className={cellClass(column)}
                      >
                        {index === 0 ? (
                          <div className={classes.name}>
                            {column.render(row)}
                          </div>
                        ) : (
                          column.render(row)
                        )}
                      </Cell>
                    );
                  })}
                </tr>
                <FoldedRow columns={folded} row={row} span={shown.length} />
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {/* Outside of what scrolls: its words stay in sight on a narrow screen. */}
      {placeholder}
    </>
  );
}
