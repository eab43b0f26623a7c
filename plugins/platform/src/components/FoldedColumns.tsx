import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { platformTranslationRef } from '../translation';
import { subtleText } from './colors';
import type { Column } from './Column';
import { SortButton, type TableSort } from './SortHeader';

const useStyles = makeStyles(
  theme => ({
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.25, 2),
      margin: 0,
      fontSize: '0.8125rem',
    },
    pair: {
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(0.75),
      minWidth: 0,
    },
    name: { color: subtleText(theme), whiteSpace: 'nowrap' },
    value: {
      margin: 0,
      overflowWrap: 'anywhere',
      minWidth: 0,
      // What stands below in a column stands beside in a line.
      '& div': { display: 'inline', marginLeft: theme.spacing(0.5) },
    },
    sorts: { color: subtleText(theme), fontSize: '0.75rem' },
  }),
  { name: 'RoadbedFoldedColumns' },
);

/** Properties of {@link FoldedRow}. */
export interface FoldedRowProps<Row> {
  columns: Array<Column<Row>>;
  row: Row;
  /** Columns that the second line goes across. */
  span: number;
}

/** The second line of a row: the columns that had no room in the first. */
export function FoldedRow<Row>({ columns, row, span }: FoldedRowProps<Row>) {
  const classes = useStyles();
  if (columns.length === 0) {
    return null;
  }
  return (
    <tr>
      <td colSpan={span}>
        <dl className={classes.line}>
          {columns.map(({ id, header, render }) => {
            const value = render(row);
            // A column's name without a value would read like a mistake.
            return value ? (
              <div key={id} className={classes.pair}>
                <dt className={classes.name}>{header}</dt>
                <dd className={classes.value}>{value}</dd>
              </div>
            ) : null;
          })}
        </dl>
      </td>
    </tr>
  );
}

/** Properties of {@link FoldedSorts}. */
export interface FoldedSortsProps<Row> {
  columns: Array<Column<Row>>;
  sort?: TableSort;
  span: number;
}

/** The headers of folded columns that the list can be sorted by. */
export function FoldedSorts<Row>(props: FoldedSortsProps<Row>) {
  const { columns, sort, span } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const sortable = columns.filter(column => column.sort);
  if (!sort || sortable.length === 0) {
    return null;
  }
  return (
    <tr>
      <td colSpan={span}>
        <div className={`${classes.line} ${classes.sorts}`}>
          <span>{t('list.sortBy')}</span>
          {sortable.map(column => (
            <SortButton key={column.id} column={column} sort={sort} />
          ))}
        </div>
      </td>
    </tr>
  );
}
