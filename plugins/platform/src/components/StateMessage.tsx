import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { useTextStyles } from './colors';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(4, 2),
      textAlign: 'center',
      '& p': { margin: theme.spacing(0.5, 'auto'), maxWidth: 640 },
    },
    title: { fontSize: '1rem', fontWeight: 600 },
    // Wraps what may hold more than a paragraph: a snippet to be copied.
    action: { width: 'fit-content', margin: theme.spacing(0.5, 'auto') },
  }),
  { name: 'RoadbedStateMessage' },
);

/** Properties of {@link StateMessage}. */
export interface StateMessageProps {
  title: string;
  /** What it means, and what to do next. */
  children?: ReactNode;
  action?: ReactNode;
  /** `alert` interrupts a screen reader: for what went wrong. */
  role?: 'status' | 'alert';
}

/** What stands in the place of rows: the frame of every state. */
export const StateMessage = (props: StateMessageProps) => {
  const { title, children, action, role = 'status' } = props;
  const classes = useStyles();
  const text = useTextStyles();
  return (
    <div className={classes.root} role={role}>
      <p className={classes.title}>{title}</p>
      {children && <p className={text.subtle}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
};
