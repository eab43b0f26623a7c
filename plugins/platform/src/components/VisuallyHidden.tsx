import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  {
    root: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'RoadbedVisuallyHidden' },
);

/** Properties of {@link VisuallyHidden}. */
export interface VisuallyHiddenProps {
  /** `status` is read out whenever the words change. */
  role?: 'status';
  children: ReactNode;
}

/** Words for screen readers alone. */
export const VisuallyHidden = ({ role, children }: VisuallyHiddenProps) => (
  <span role={role} className={useStyles().root}>
    {children}
  </span>
);
