import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef } from '../api/platformApiRef';
import { LoadingState } from '../components/LoadingState';
import { PopoverButton } from '../components/PopoverButton';
import { ProblemState } from '../components/ProblemState';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { SupportDates } from './SupportDates';

const RELOAD_MS = 30_000;

const Why = ({ cluster }: { cluster: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const { data, error, refresh } = usePolled({
    key: cluster,
    load: signal => api.getCluster({ id: cluster }, { signal }),
    intervalMs: () => RELOAD_MS,
  });
  if (data) {
    return <SupportDates support={data.support} />;
  }
  return error ? (
    <ProblemState
      error={error}
      permission={platformClusterReadPermission.name}
      subject={t('cluster.subject', { name: cluster })}
      onRetry={refresh}
    />
  ) : (
    <LoadingState rows={3} />
  );
};

/** Why a version counts as supported or not: every date with its sources. */
export const SupportWhy = ({ cluster }: { cluster: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const subject = t('support.subject', { cluster });
  return (
    <PopoverButton title={subject} label={t('why.label', { subject })}>
      <Why cluster={cluster} />
    </PopoverButton>
  );
};
