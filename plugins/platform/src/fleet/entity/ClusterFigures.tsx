import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ClusterDetail } from '@roadbed/backstage-plugin-platform-common';
import { Copyable } from '../../components/Copyable';
import { Facts } from '../../components/Facts';
import { formatCount } from '../../components/format';
import { RelativeTime } from '../../components/RelativeTime';
import { platformTranslationRef } from '../../translation';
import { SupportChip } from '../SupportChip';

/** What a cluster is and how much of it is well; what is not known says so. */
export const ClusterFigures = ({ cluster }: { cluster: ClusterDetail }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const { version, nodes, workloads, pods, newestDataAt } = cluster;
  const unknown = t('entity.cluster.unknown');
  const readyOf = (counts: { ready: number; total: number } | null) =>
    counts
      ? t('entity.cluster.ready', {
          ready: formatCount(counts.ready),
          total: formatCount(counts.total),
        })
      : unknown;
  return (
    <Facts
      facts={[
        [
          t('entity.cluster.version'),
          <>
            {version ? <Copyable text={version.gitVersion} /> : unknown}
            <SupportChip cluster={cluster.name} support={cluster.support} />
          </>,
        ],
        [t('entity.cluster.nodes'), readyOf(nodes)],
        [
          t('entity.cluster.workloads'),
          readyOf(
            workloads && {
              total: workloads.total,
              ready: workloads.total - workloads.notReady,
            },
          ),
        ],
        [t('entity.cluster.pods'), readyOf(pods)],
        [
          t('entity.cluster.data'),
          newestDataAt === null ? (
            unknown
          ) : (
            <>
              {t('entity.cluster.newest')}{' '}
              <RelativeTime instant={newestDataAt} />
              {', '}
              {t('entity.cluster.oldest')}{' '}
              <RelativeTime instant={cluster.oldestDataAt} />
            </>
          ),
        ],
      ]}
    />
  );
};
