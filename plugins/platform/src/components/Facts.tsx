import { makeStyles } from '@material-ui/core/styles';
import { Fragment, type ReactNode } from 'react';
import { subtleText } from './colors';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'max-content minmax(0, 1fr)',
      gap: theme.spacing(1, 2),
      margin: 0,
      padding: theme.spacing(1.5, 2),
      fontSize: '0.875rem',
      '& dt': { color: subtleText(theme) },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
      '& dd span': { whiteSpace: 'normal' },
    },
  }),
  { name: 'RoadbedFacts' },
);

/** Facts as pairs of a name and a value. */
export const Facts = ({ facts }: { facts: Array<[string, ReactNode]> }) => (
  <dl className={useStyles().root}>
    {facts.map(([name, value]) => (
      <Fragment key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </Fragment>
    ))}
  </dl>
);
