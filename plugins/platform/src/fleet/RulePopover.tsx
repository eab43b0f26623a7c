import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef } from '../api/platformApiRef';
import { LoadingState } from '../components/LoadingState';
import { PopoverButton } from '../components/PopoverButton';
import { ProblemState } from '../components/ProblemState';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { missingRules } from './clusterRole';
import { ClusterRoleRule } from './ClusterRoleRule';

const RELOAD_MS = 30_000;

const MissingRules = ({ cluster }: { cluster: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const { data, error, refresh } = usePolled({
    key: cluster,
    load: signal => api.getCluster({ id: cluster }, { signal }),
    intervalMs: () => RELOAD_MS,
  });
  if (data) {
    return <ClusterRoleRule rules={missingRules(data.coverage)} />;
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

/** The RBAC rules a cluster denies to Roadbed, ready to be copied. */
export const RulePopover = ({ cluster }: { cluster: string }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const title = t('fleet.rule.title', { cluster });
  return (
    <PopoverButton title={title} words={t('fleet.rule.show')}>
      <p>{title}</p>
      <MissingRules cluster={cluster} />
    </PopoverButton>
  );
};
