import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import type { Workload } from '@roadbed/backstage-plugin-platform-common';
import { formatCount } from '../../components/format';
import { VerdictChip } from '../../components/VerdictChip';
import { platformTranslationRef } from '../../translation';
import { WORKLOAD_SEVERITY } from '../verdicts';

/** How many of how many pods are ready; a verdict where that is not well. */
export const ReadyCell = ({ workload }: { workload: Workload }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { ready, desired, status, statusMessage } = workload;
  const severity = WORKLOAD_SEVERITY[status];
  const counts =
    ready !== null && desired !== null
      ? `${formatCount(ready)} / ${formatCount(desired)}`
      : undefined;
  if (severity !== 'error' && severity !== 'warning') {
    return <>{counts ?? '–'}</>;
  }
  const words = t(`workloadStatus.${status}`);
  const lacking = counts !== undefined && ready! < desired!;
  return (
    <Tooltip title={statusMessage ?? words}>
      <span>
        <VerdictChip severity={severity} label={lacking ? counts : words} />
      </span>
    </Tooltip>
  );
};
