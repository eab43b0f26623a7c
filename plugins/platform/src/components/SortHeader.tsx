import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import { subtleText } from './colors';

/** The class of number columns; `DataTable` aligns them. */
export const NUMERIC = 'roadbed-numeric';

const useStyles = makeStyles(
  theme => ({
    root: { color: subtleText(theme) },
    button: {
      font: 'inherit',
      whiteSpace: 'pre',
      padding: theme.spacing(0.25, 0),
      '&:hover, &:focus-visible': { textDecoration: 'underline' },
    },
    sorted: { color: theme.palette.text.primary },
  }),
  { name: 'RoadbedSortHeader' },
);

/** What a table is sorted by, and how to change that. */
export interface TableSort {
  by: string;
  order: 'asc' | 'desc';
  toggle: (column: string) => void;
}

interface SortableColumn {
  header: string;
  sort?: string;
  numeric?: boolean;
}

/** Properties of {@link SortButton}. */
export interface SortButtonProps {
  column: SortableColumn;
  sort: TableSort;
}

/** Sorts by a column, or turns the order round. */
export const SortButton = ({ column, sort }: SortButtonProps) => {
  const classes = useStyles();
  const sorted = sort.by === column.sort;
  return (
    <ButtonBase
      disableRipple
      className={`${classes.button} ${sorted ? classes.sorted : ''}`}
      onClick={() => column.sort && sort.toggle(column.sort)}
    >
      {column.header}
      {sorted && <span aria-hidden>{sort.order === 'asc' ? ' ↑' : ' ↓'}</span>}
    </ButtonBase>
  );
};

/** Properties of {@link SortHeader}. */
export interface SortHeaderProps {
  column: SortableColumn;
  sort?: TableSort;
}

/** A column's header; a button where the server can sort by the column. */
export const SortHeader = ({ column, sort }: SortHeaderProps) => {
  const classes = useStyles();
  const className = `${classes.root} ${column.numeric ? NUMERIC : ''}`;
  if (!column.sort || !sort) {
    return (
      <th scope="col" className={className}>
        {column.header}
      </th>
    );
  }
  const direction = sort.order === 'asc' ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      className={className}
      aria-sort={sort.by === column.sort ? direction : 'none'}
    >
      <SortButton column={column} sort={sort} />
    </th>
  );
};
