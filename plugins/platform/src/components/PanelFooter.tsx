import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { subtleText } from './colors';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
      padding: theme.spacing(1.25, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      fontSize: '0.8125rem',
      color: subtleText(theme),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RoadbedPanelFooter' },
);

/** Properties of {@link PanelFooter}. */
export interface PanelFooterProps {
  /** Where it comes from and how old it is. */
  children: ReactNode;
  /** The way to all of it. */
  link?: ReactNode;
}

/** The last line of a card: its origin or age, and the link to its page. */
export const PanelFooter = ({ children, link }: PanelFooterProps) => (
  <div className={useStyles().root}>
    <span>{children}</span>
    {link}
  </div>
);
