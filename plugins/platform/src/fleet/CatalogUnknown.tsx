import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { CatalogIndex } from '@roadbed/backstage-plugin-platform-common';
import { EmptyState } from '../components/EmptyState';
import { platformTranslationRef } from '../translation';

/** The catalog was never read, so that nobody's workloads are known. */
export const CatalogUnknown = ({ index }: { index: CatalogIndex }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <EmptyState title={t('entity.unknown.title')}>
      {t('entity.unknown.text')}
      {index.error && (
        <> {t('entity.unknown.failed', { error: index.error })}</>
      )}
    </EmptyState>
  );
};
