import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ClusterDetail } from '@roadbed/backstage-plugin-platform-common';
import type { ReactNode } from 'react';
import { Copyable } from '../components/Copyable';
import { PageTitle } from '../components/PageTitle';
import { RelativeTime } from '../components/RelativeTime';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';
import { CLUSTER_SEVERITY } from './verdicts';

const useStyles = makeStyles(
  { action: { display: 'flex', alignItems: 'center', gap: 12 } },
  { name: 'RoadbedClusterTitle' },
);

/** Properties of {@link ClusterTitle}. */
export interface ClusterTitleProps {
  cluster: ClusterDetail;
  /** What can be done with the cluster. */
  action?: ReactNode;
}

/** Which cluster, how fresh, and the way back to the fleet. */
export const ClusterTitle = ({ cluster, action }: ClusterTitleProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
  const classes = useStyles();
  const { environment, provider, region } = cluster.attributes;
  const what = [
    cluster.title !== cluster.name && cluster.title,
    environment?.value,
    provider?.value,
    region?.value,
    cluster.version?.gitVersion,
  ].filter(Boolean);
  return (
    <div>
      <Link to={links.clusters()}>
        <span aria-hidden>←</span> {t('cluster.back')}
      </Link>
      <PageTitle
        title={<Copyable text={cluster.name} />}
        action={
          <span className={classes.action}>
            <VerdictChip
              severity={CLUSTER_SEVERITY[cluster.state]}
              label={t(`clusterState.${cluster.state}`)}
            />
            {action}
          </span>
        }
        summary={
          <>
            {what.length > 0 && `${what.join(' · ')} · `}
            {cluster.newestDataAt === null ? (
              t('fleet.noData')
            ) : (
              <>
                {t('fleet.newest')}{' '}
                <RelativeTime instant={cluster.newestDataAt} />
                {', '}
                {t('fleet.oldest')}{' '}
                <RelativeTime instant={cluster.oldestDataAt} />
              </>
            )}
          </>
        }
      />
    </div>
  );
};
