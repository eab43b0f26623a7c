import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import InputBase from '@material-ui/core/InputBase';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, useState } from 'react';
import { platformTranslationRef } from '../translation';

const WAIT_MS = 300;

const useStyles = makeStyles(
  theme => ({
    root: {
      width: 200,
      padding: theme.spacing(0, 1.25),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
      fontSize: '0.875rem',
      '&:focus-within': { borderColor: theme.palette.primary.main },
    },
  }),
  { name: 'RoadbedSearchField' },
);

/** Properties of {@link SearchField}. */
export interface SearchFieldProps {
  label: string;
  value: string;
  /** Called when typing has paused, not at every key. */
  onChange: (value: string) => void;
}

/** A search field that waits for a pause in typing. */
export const SearchField = ({ label, value, onChange }: SearchFieldProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const notify = useRef(onChange);
  notify.current = onChange;

  // The address can change without this field: the back button, a cleared filter.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);

  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === sent.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      sent.current = wanted;
      notify.current(wanted);
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <InputBase
      className={classes.root}
      type="search"
      value={typed}
      placeholder={t('filter.search')}
      inputProps={{ 'aria-label': label, maxLength: 253 }}
      onChange={event => setTyped(event.target.value)}
    />
  );
};
