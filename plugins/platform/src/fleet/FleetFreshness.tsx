import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';
import { RelativeTime } from '../components/RelativeTime';
import { platformTranslationRef } from '../translation';

/** How much there is and how old it is, in one line. */
export const FleetFreshness = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { clusters, workloads, newestDataAt, oldestDataAt } = summary;
  return (
    <>
      {t('fleet.clusterCount', { count: clusters.total })}
      {' · '}
      {t('fleet.workloadCount', { count: workloads.total })}
      {' · '}
      {newestDataAt === null ? (
        t('fleet.noData')
      ) : (
        <>
          {t('fleet.newest')} <RelativeTime instant={newestDataAt} />
          {', '}
          {t('fleet.oldest')} <RelativeTime instant={oldestDataAt} />
        </>
      )}
    </>
  );
};
