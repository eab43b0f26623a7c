import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { severityColors, useTextStyles, type Severity } from './colors';

const useStyles = makeStyles(
  theme => ({
    root: ({ severity }: { severity: Severity }) => ({
      position: 'relative',
      height: '100%',
      padding: theme.spacing(1.25, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderLeft: `4px solid ${severityColors(theme, severity).edge}`,
      borderRadius: 6,
    }),
    // The whole tile follows its link, and the link is still one link.
    link: {
      color: 'inherit',
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    number: { display: 'block', fontSize: '1.5rem', fontWeight: 700 },
    words: { display: 'block', fontSize: '0.9375rem' },
    // Two lines at most: the list that the tile leads to has the whole story.
    sub: {
      display: '-webkit-box',
      WebkitBoxOrient: 'vertical',
      WebkitLineClamp: 2,
      overflow: 'hidden',
      overflowWrap: 'anywhere',
    },
    why: { position: 'absolute', top: 4, right: 4, zIndex: 1 },
  }),
  { name: 'RoadbedTile' },
);

/** Properties of {@link Tile}. */
export interface TileProps {
  severity: Severity;
  /** The figure with its unit, already formatted. */
  value: string;
  /** What the figure counts, in words. */
  words: string;
  /** The telling detail below. */
  sub?: ReactNode;
  /** The list of what was counted. */
  to: string;
  /** Where the number comes from: a `WhyPopover`. */
  why?: ReactNode;
}

/** A verdict in a number and words that leads to the list behind it. */
export const Tile = (props: TileProps) => {
  const { severity, value, words, sub, to, why } = props;
  const classes = useStyles({ severity });
  const text = useTextStyles();
  return (
    <Paper
      elevation={0}
      className={classes.root}
      data-severity={severity}
      role="listitem"
    >
      <Link to={to} underline="none" className={classes.link}>
        <span className={classes.number}>{value}</span>{' '}
        <span className={classes.words}>{words}</span>
      </Link>
      <div className={`${classes.sub} ${text.subtle} ${text.small}`}>{sub}</div>
      {why && <div className={classes.why}>{why}</div>}
    </Paper>
  );
};
