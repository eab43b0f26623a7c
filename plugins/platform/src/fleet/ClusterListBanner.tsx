import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FleetSummary } from '@roadbed/backstage-plugin-platform-common';
import { Notice } from '../components/Notice';
import { RelativeTime } from '../components/RelativeTime';
import { platformTranslationRef } from '../translation';

/** Says so when the portal's list of clusters itself could not be renewed. */
export const ClusterListBanner = (props: {
  list: FleetSummary['clusterList'];
}) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { error, asOf } = props.list;
  if (!error) {
    return null;
  }
  return (
    <Notice>
      {t('fleet.listProblem', { error })}
      {asOf && (
        <>
          {' '}
          {t('fleet.listAge')} <RelativeTime instant={asOf} />.
        </>
      )}
    </Notice>
  );
};
