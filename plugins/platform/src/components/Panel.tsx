import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 6,
      overflow: 'hidden',
      minWidth: 0,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      minHeight: 48,
      padding: theme.spacing(1, 2),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    title: { margin: 0, fontSize: '1rem', fontWeight: 600 },
  }),
  { name: 'RoadbedPanel' },
);

/** Properties of {@link Panel}. */
export interface PanelProps {
  title: string;
  /** Stands at the right of the title: filters, a remark, a link. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled box: one list, matrix or chart. */
export const Panel = ({ title, aside, children }: PanelProps) => {
  const classes = useStyles();
  return (
    <Paper
      component="section"
      elevation={0}
      className={classes.root}
      aria-label={title}
    >
      <div className={classes.head}>
        <h3 className={classes.title}>{title}</h3>
        {aside}
      </div>
      {children}
    </Paper>
  );
};
