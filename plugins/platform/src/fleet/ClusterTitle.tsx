import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ClusterDetail } from '@roadbed/backstage-plugin-platform-common';
import { Copyable } from '../components/Copyable';
import { PageTitle } from '../components/PageTitle';
import { RelativeTime } from '../components/RelativeTime';
import { VerdictChip } from '../components/VerdictChip';
import { platformTranslationRef } from '../translation';
import { useFleetLinks } from './links';
import { CLUSTER_SEVERITY } from './verdicts';

/** Which cluster, how fresh, and the way back to the fleet. */
export const ClusterTitle = ({ cluster }: { cluster: ClusterDetail }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const links = useFleetLinks();
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
          <VerdictChip
            severity={CLUSTER_SEVERITY[cluster.state]}
            label={t(`clusterState.${cluster.state}`)}
          />
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
