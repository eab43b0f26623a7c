import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    },
  }),
  { name: 'RoadbedTileStrip' },
);

/** The verdicts of a page: at most five tiles. */
export const TileStrip = (props: { label: string; children: ReactNode }) => (
  <div className={useStyles().root} role="list" aria-label={props.label}>
    {props.children}
  </div>
);
