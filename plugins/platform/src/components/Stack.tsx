import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      alignContent: 'start',
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
    split: {
      [theme.breakpoints.up('md')]: {
        gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
      },
    },
  }),
  { name: 'RoadbedStack' },
);

/** Properties of {@link Stack}. */
export interface StackProps {
  /** Two columns where the screen has room, the first the wider. */
  split?: boolean;
  children: ReactNode;
}

/** Parts of a page below each other, or beside where there is room. */
export const Stack = ({ split = false, children }: StackProps) => {
  const classes = useStyles();
  return (
    <div className={`${classes.root} ${split ? classes.split : ''}`}>
      {children}
    </div>
  );
};
