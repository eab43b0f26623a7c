import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '../../components/EmptyState';
import { platformTranslationRef } from '../../translation';

/** The entity of the page was renamed or deleted, or is hidden from its reader. */
export const EntityGone = ({ entityRef }: { entityRef: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <EmptyState title={t('entity.gone.title', { ref: entityRef })}>
      {t('entity.gone.text')}
    </EmptyState>
  );
};
