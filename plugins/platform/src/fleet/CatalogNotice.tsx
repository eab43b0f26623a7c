import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { CatalogIndex } from '@roadbed/backstage-plugin-platform-common';
import { Notice } from '../components/Notice';
import { RelativeTime } from '../components/RelativeTime';
import { platformTranslationRef } from '../translation';

/** Says so when owners are those of an earlier state of the catalog, and why. */
export const CatalogNotice = ({ index }: { index: CatalogIndex }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { error, asOf } = index;
  if (!error || asOf === null) {
    return null;
  }
  return (
    <Notice>
      {t('entity.catalogAge')} <RelativeTime instant={asOf} />
      {': '}
      {t('entity.catalogProblem', { error })}
    </Notice>
  );
};
