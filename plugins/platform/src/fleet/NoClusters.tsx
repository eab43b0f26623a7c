import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '../components/EmptyState';
import { platformTranslationRef } from '../translation';

const CLUSTER_CONFIG_DOCS =
  'https://backstage.io/docs/features/kubernetes/configuration';

/** The portal knows no cluster: where to add the first. */
export const NoClusters = () => {
  const { t } = useTranslationRef(platformTranslationRef);
  return (
    <EmptyState
      title={t('fleet.empty.title')}
      action={<Link to={CLUSTER_CONFIG_DOCS}>{t('fleet.empty.link')}</Link>}
    >
      {t('fleet.empty.text')}
    </EmptyState>
  );
};
