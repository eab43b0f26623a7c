import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  clusterStateSchema,
  platformClusterReadPermission,
  type FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef } from '../../api/platformApiRef';
import { formatCount } from '../../components/format';
import { LoadingState } from '../../components/LoadingState';
import { PanelFooter } from '../../components/PanelFooter';
import { ProblemState } from '../../components/ProblemState';
import { StaleBanner } from '../../components/StaleBanner';
import { useOptionalRouteRef } from '../../components/useOptionalRouteRef';
import { usePolled } from '../../components/usePolled';
import { VerdictChip } from '../../components/VerdictChip';
import { fleetRouteRef } from '../../routes';
import { platformTranslationRef } from '../../translation';
import { ClusterLink } from '../ClusterLink';
import { FleetFreshness } from '../FleetFreshness';
import { NoClusters } from '../NoClusters';
import { pollEvery } from '../pollEvery';
import { CLUSTER_SEVERITY } from '../verdicts';

/** Clusters that the card has room for. */
const SHOWN = 5;

const useStyles = makeStyles(
  theme => ({
    verdicts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.75),
      margin: 0,
      padding: theme.spacing(1.5, 2),
      listStyle: 'none',
    },
    worst: { margin: 0, padding: 0, listStyle: 'none', fontSize: '0.875rem' },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.25, 1),
      padding: theme.spacing(0.75, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    well: { margin: 0, padding: theme.spacing(0, 2, 1.5) },
  }),
  { name: 'RoadbedFleetHomeCard' },
);

const Glance = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const classes = useStyles();
  const fleet = useOptionalRouteRef(fleetRouteRef);
  const { clusters, attention } = summary;
  const more = attention.length - SHOWN;
  return (
    <>
      <ul className={classes.verdicts} aria-label={t('home.verdicts')}>
        {clusterStateSchema.options
          .filter(state => (clusters.byState[state] ?? 0) > 0)
          .map(state => (
            <li key={state}>
              <VerdictChip
                severity={CLUSTER_SEVERITY[state]}
                label={`${formatCount(clusters.byState[state]!)} ${t(
                  `clusterState.${state}`,
                )}`}
              />
            </li>
          ))}
      </ul>
      {attention.length === 0 && (
        <p className={classes.well}>{t('home.well')}</p>
      )}
      <ul className={classes.worst}>
        {attention.slice(0, SHOWN).map(({ cluster, reason }) => (
          <li key={cluster} className={classes.item}>
            <ClusterLink name={cluster} />
            <span>{reason.message}</span>
          </li>
        ))}
        {more > 0 && (
          <li className={classes.item}>
            {t('home.more', { amount: formatCount(more) })}
          </li>
        )}
      </ul>
      <PanelFooter link={fleet && <Link to={fleet()}>{t('home.open')}</Link>}>
        <FleetFreshness summary={summary} />
      </PanelFooter>
    </>
  );
};

/** The fleet in one glance: how many clusters are how well, and the worst. */
export const FleetHomeCard = () => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const { data, error, loadedAt, refresh } = usePolled({
    key: 'summary',
    load: signal => api.getFleetSummary({ signal }),
    intervalMs: pollEvery,
  });
  if (!data) {
    return error ? (
      <ProblemState
        error={error}
        permission={platformClusterReadPermission.name}
        subject={t('fleet.subject')}
        onRetry={refresh}
      />
    ) : (
      <LoadingState rows={4} />
    );
  }
  return (
    <>
      {error && loadedAt !== undefined && (
        <StaleBanner error={error} loadedAt={loadedAt} onRetry={refresh} />
      )}
      {data.clusters.total === 0 ? <NoClusters /> : <Glance summary={data} />}
    </>
  );
};
