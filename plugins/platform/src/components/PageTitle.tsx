import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { useTextStyles } from './colors';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-end',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
    },
    title: {
      margin: 0,
      fontSize: '1.625rem',
      fontWeight: 700,
      lineHeight: 1.3,
    },
  }),
  { name: 'RoadbedPageTitle' },
);

/** Properties of {@link PageTitle}. */
export interface PageTitleProps {
  title: ReactNode;
  /** One line below: how much, how fresh. */
  summary?: ReactNode;
  /** The main action or verdict at the right. */
  action?: ReactNode;
}

/** The title row of a page; the portal's header above it holds the `h1`. */
export const PageTitle = ({ title, summary, action }: PageTitleProps) => {
  const classes = useStyles();
  const text = useTextStyles();
  return (
    <div className={classes.root}>
      <div>
        <h2 className={classes.title}>{title}</h2>
        <div className={text.subtle}>{summary}</div>
      </div>
      {action}
    </div>
  );
};
