import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { platformTranslationRef } from '../translation';
import { subtleText } from './colors';
import { formatCount } from './format';
import { problemMessage } from './problems';

/** One value that a list can be narrowed to. */
export interface FilterOption {
  value: string;
  label: string;
  /** Rows that it would leave; absent when not counted. */
  count?: number;
}

/** One thing a list can be narrowed by. */
export interface FilterDefinition {
  /** The query parameter. */
  name: string;
  label: string;
  options: FilterOption[];
  /** The label of a value that is not among the options. */
  labelOf?: (value: string) => string;
  /** Values that the server left out of the options. */
  more?: number;
  /** The options are still being read. */
  loading?: boolean;
  /** Why the options could not be read. */
  error?: Error;
  /** Called when the values are looked at, for options that are read late. */
  onOpen?: () => void;
}

const useStyles = makeStyles(
  theme => ({
    button: {
      textTransform: 'none',
      fontWeight: 400,
      padding: theme.spacing(0.25, 1.25),
      borderColor: theme.palette.divider,
    },
    list: { maxHeight: 420, minWidth: 160 },
    check: { padding: theme.spacing(0, 1, 0, 0) },
    count: {
      marginLeft: 'auto',
      paddingLeft: theme.spacing(3),
      fontVariantNumeric: 'tabular-nums',
      color: subtleText(theme),
    },
    remark: {
      color: subtleText(theme),
      whiteSpace: 'normal',
      maxWidth: 320,
      '&.Mui-disabled': { opacity: 1 },
    },
  }),
  { name: 'RoadbedFilterMenu' },
);

/** Properties of {@link FilterMenu}. */
export interface FilterMenuProps {
  filter: FilterDefinition;
  values: string[];
  onChange: (values: string[]) => void;
}

/** A button that opens the values of one filter; several may be chosen. */
export const FilterMenu = ({ filter, values, onChange }: FilterMenuProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { options, loading, error, more = 0 } = filter;
  const toggle = (value: string) =>
    onChange(
      values.includes(value)
        ? values.filter(other => other !== value)
        : [...values, value],
    );
  /** What stands in the list beside the values. */
  const remark = () => {
    if (error) {
      return t('filter.failed', { message: problemMessage(error) });
    }
    if (options.length === 0) {
      return loading ? t('state.loading') : t('filter.noOptions');
    }
    return more > 0
      ? t('filter.more', { amount: formatCount(more) })
      : undefined;
  };
  const words = remark();
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        className={classes.button}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => {
          filter.onOpen?.();
          setAnchor(event.currentTarget);
        }}
      >
        {filter.label}
      </Button>
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={() => setAnchor(undefined)}
        MenuListProps={{
          'aria-label': filter.label,
          dense: true,
          className: classes.list,
        }}
      >
        {options.map(({ value, label, count }) => (
          <MenuItem
            key={value}
            role="menuitemcheckbox"
            aria-checked={values.includes(value)}
            onClick={() => toggle(value)}
          >
            <Checkbox
              className={classes.check}
              color="primary"
              size="small"
              checked={values.includes(value)}
              tabIndex={-1}
              inputProps={{ 'aria-hidden': true }}
            />
            {label}
            {count !== undefined && (
              <span className={classes.count}>{formatCount(count)}</span>
            )}
          </MenuItem>
        ))}
        {words && (
          <MenuItem disabled className={classes.remark}>
            {words}
          </MenuItem>
        )}
      </Menu>
    </>
  );
};
