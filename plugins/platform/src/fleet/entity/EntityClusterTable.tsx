import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityCluster } from '@roadbed/backstage-plugin-platform-common';
import type { Column } from '../../components/Column';
import { useTextStyles } from '../../components/colors';
import { DataTable } from '../../components/DataTable';
import { formatCount } from '../../components/format';
import { Panel } from '../../components/Panel';
import { RelativeTime } from '../../components/RelativeTime';
import { VerdictChip } from '../../components/VerdictChip';
import { platformTranslationRef } from '../../translation';
import { ClusterLink } from '../ClusterLink';
import { CLUSTER_SEVERITY } from '../verdicts';
import type { EntityWorkloads } from './useEntityWorkloads';

/** The clusters that the entity runs on, the worst first. */
export const EntityClusterTable = ({ data }: { data: EntityWorkloads }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const text = useTextStyles();
  const small = `${text.subtle} ${text.small}`;
  const columns: Array<Column<EntityCluster>> = [
    {
      id: 'cluster',
      header: t('entity.whereItRuns.cluster'),
      render: ({ name, title }) => (
        <>
          <ClusterLink name={name} />
          {title && title !== name && (
            <span className={text.subtle}> {title}</span>
          )}
        </>
      ),
    },
    {
      id: 'environment',
      header: t('entity.whereItRuns.environment'),
      foldBelow: 560,
      noWrap: true,
      render: ({ environment }) => environment ?? '–',
    },
    {
      id: 'workloads',
      header: t('entity.whereItRuns.workloads'),
      numeric: true,
      render: ({ workloads }) => formatCount(workloads),
    },
    {
      id: 'notReady',
      header: t('entity.whereItRuns.workloadsNotReady'),
      numeric: true,
      render: ({ notReady }) =>
        notReady > 0 ? (
          <VerdictChip severity="warning" label={formatCount(notReady)} />
        ) : (
          formatCount(notReady)
        ),
    },
    {
      id: 'data',
      header: t('entity.whereItRuns.data'),
      foldBelow: 560,
      render: ({ oldestDataAt }) => (
        <span className={text.subtle}>
          <RelativeTime instant={oldestDataAt} />
        </span>
      ),
    },
    {
      id: 'state',
      header: t('entity.whereItRuns.state'),
      render: ({ state, reason }) => (
        <>
          <VerdictChip
            severity={CLUSTER_SEVERITY[state]}
            label={t(`clusterState.${state}`)}
          />
          {reason && <div className={small}>{reason}</div>}
        </>
      ),
    },
  ];
  const { clusters, totals } = data;
  return (
    <Panel
      title={t('entity.whereItRuns.clusters')}
      aside={
        totals.clusters > clusters.length && (
          <span className={small}>
            {t('entity.whereItRuns.worstClusters', {
              amount: formatCount(clusters.length),
              total: formatCount(totals.clusters),
            })}
          </span>
        )
      }
    >
      <DataTable
        label={t('entity.whereItRuns.clusters')}
        columns={columns}
        rows={clusters}
        rowKey={({ name }) => name}
      />
    </Panel>
  );
};
