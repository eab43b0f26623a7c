import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { platformTranslationRef } from '../translation';
import { FilterMenu, type FilterDefinition } from './FilterMenu';
import { SearchField } from './SearchField';
import type { ListQueryState } from './useListQuery';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    chip: {
      textTransform: 'none',
      fontWeight: 400,
      padding: theme.spacing(0.25, 1.25),
    },
  }),
  { name: 'RoadbedFilterBar' },
);

/** Properties of {@link FilterBar}. */
export interface FilterBarProps {
  list: ListQueryState;
  filters: FilterDefinition[];
  /** What the search field searches, for screen readers. */
  searchLabel?: string;
  /** What can be done with the whole list, at the end. */
  action?: ReactNode;
}

/** The filters of a list: what is set can be removed, what is not can be set. */
export const FilterBar = (props: FilterBarProps) => {
  const { list, filters, searchLabel, action } = props;
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const { query, setFilter, setSearch } = list;
  const chosen = (name: string) => query.filters[name] ?? [];
  return (
    <div className={classes.root} role="group" aria-label={t('filter.label')}>
      {filters.flatMap(filter =>
        chosen(filter.name).map(value => {
          const label =
            filter.options.find(option => option.value === value)?.label ??
            filter.labelOf?.(value) ??
            value;
          return (
            <Button
              key={`${filter.name}=${value}`}
              size="small"
              variant="outlined"
              color="primary"
              className={classes.chip}
              aria-label={t('filter.remove', { filter: filter.label, label })}
              onClick={() =>
                setFilter(
                  filter.name,
                  chosen(filter.name).filter(other => other !== value),
                )
              }
            >
              {filter.label}: {label}&nbsp;<span aria-hidden>✕</span>
            </Button>
          );
        }),
      )}
      {filters.map(filter => (
        <FilterMenu
          key={filter.name}
          filter={filter}
          values={chosen(filter.name)}
          onChange={values => setFilter(filter.name, values)}
        />
      ))}
      {searchLabel && (
        <SearchField
          label={searchLabel}
          value={query.search}
          onChange={setSearch}
        />
      )}
      {action}
    </div>
  );
};
