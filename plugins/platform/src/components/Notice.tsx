import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { severityColors } from './colors';

const useStyles = makeStyles(
  theme => {
    const { text, background, edge } = severityColors(theme, 'warning');
    return {
      root: {
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: theme.spacing(1),
        padding: theme.spacing(0.75, 2),
        borderLeft: `4px solid ${edge}`,
        borderRadius: 4,
        color: text,
        backgroundColor: background,
      },
      // Beside the icon however long, above the action where that has no room.
      words: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
    };
  },
  { name: 'RoadbedNotice' },
);

/** Properties of {@link Notice}. */
export interface NoticeProps {
  children: ReactNode;
  action?: ReactNode;
}

/** Something about the whole page that the reader must know before trusting it. */
export const Notice = ({ children, action }: NoticeProps) => {
  const classes = useStyles();
  return (
    <div className={classes.root} role="alert">
      <span aria-hidden>▲</span>
      <span className={classes.words}>{children}</span>
      {action}
    </div>
  );
};
