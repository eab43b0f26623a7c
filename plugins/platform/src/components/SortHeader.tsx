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

/** Properties of {@link SortHeader}. */
export interface SortHeaderProps {
  column: { header: string; sort?: string; numeric?: boolean };
  sort?: TableSort;
}

/** A column's header; a button where the server can sort by the column. */
export const SortHeader = ({ column, sort }: SortHeaderProps) => {
  const classes = useStyles();
  const className = `${classes.root} ${column.numeric ? NUMERIC : ''}`;
  const key = column.sort;
  if (!key || !sort) {
    return (
      <th scope="col" className={className}>
        {column.header}
      </th>
    );
  }
  const sorted = sort.by === key;
  const direction = sort.order === 'asc' ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      className={className}
      aria-sort={sorted ? direction : 'none'}
    >
      <ButtonBase
        disableRipple
        className={`${classes.button} ${sorted ? classes.sorted : ''}`}
        onClick={() => sort.toggle(key)}
      >
        {column.header}
        {sorted && (
          <span aria-hidden>{sort.order === 'asc' ? ' ↑' : ' ↓'}</span>
        )}
      </ButtonBase>
    </th>
  );
};
