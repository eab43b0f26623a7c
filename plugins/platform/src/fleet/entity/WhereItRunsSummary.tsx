import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatCount } from '../../components/format';
import { RelativeTime } from '../../components/RelativeTime';
import { platformTranslationRef } from '../../translation';
import type { EntityWorkloads } from './useEntityWorkloads';

/** How much runs on how many clusters, and how old the catalog's part of that is. */
export const WhereItRunsSummary = ({ data }: { data: EntityWorkloads }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { clusters, workloads, notReady } = data.totals;
  return (
    <>
      {[
        t('entity.whereItRuns.clusterCount', { count: clusters }),
        t('fleet.workloadCount', { count: workloads }),
        t('entity.whereItRuns.notReady', { amount: formatCount(notReady) }),
      ].join(' · ')}
      {' · '}
      {t('entity.whereItRuns.catalogRead')}{' '}
      <RelativeTime instant={data.catalogIndex.asOf} />
    </>
  );
};
