import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { ClusterState } from '@roadbed/backstage-plugin-platform-common';
import { severityColors, type Severity } from '../components/colors';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';
import { CLUSTER_SEVERITY } from './verdicts';

const useStyles = makeStyles(
  theme => ({
    root: ({ severity }: { severity: Severity }) => ({
      display: 'inline-block',
      padding: theme.spacing(0.25, 1),
      border: `1px solid ${
        severity === 'ok'
          ? theme.palette.divider
          : severityColors(theme, severity).edge
      }`,
      borderRadius: 4,
      fontSize: '0.8125rem',
      whiteSpace: 'nowrap',
      color: theme.palette.text.primary,
    }),
  }),
  { name: 'RoadbedClusterTag' },
);

/** Properties of {@link ClusterTag}. */
export interface ClusterTagProps {
  name: string;
  state: ClusterState;
}

/** A cluster's name in a box; a state other than fresh is said in words too. */
export const ClusterTag = ({ name, state }: ClusterTagProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const classes = useStyles({ severity: CLUSTER_SEVERITY[state] });
  const words = t(`clusterState.${state}`);
  return (
    <Tooltip title={words}>
      <Link
        to={links.cluster(name)}
        className={classes.root}
        aria-label={state === 'fresh' ? name : `${name}, ${words}`}
      >
        {name}
        {state === 'fresh' ? '' : ' !'}
      </Link>
    </Tooltip>
  );
};
