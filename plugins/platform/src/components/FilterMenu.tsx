import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { platformTranslationRef } from '../translation';

/** One thing a list can be narrowed by. */
export interface FilterDefinition {
  /** The query parameter. */
  name: string;
  label: string;
  options: Array<{ value: string; label: string }>;
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
    check: { padding: theme.spacing(0, 1, 0, 0) },
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
  const toggle = (value: string) =>
    onChange(
      values.includes(value)
        ? values.filter(other => other !== value)
        : [...values, value],
    );
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
        MenuListProps={{ 'aria-label': filter.label, dense: true }}
      >
        {filter.options.length === 0 && (
          <MenuItem disabled>{t('filter.noOptions')}</MenuItem>
        )}
        {filter.options.map(({ value, label }) => (
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
          </MenuItem>
        ))}
      </Menu>
    </>
  );
};
