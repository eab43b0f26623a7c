import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { NodePool } from '@roadbed/backstage-plugin-platform-common';
import { DataTable, type Column } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/format';
import { Panel } from '../components/Panel';
import { platformTranslationRef } from '../translation';

/** The nodes of a cluster by pool. */
export const NodePools = ({ pools }: { pools: NodePool[] }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const columns: Array<Column<NodePool>> = [
    {
      id: 'name',
      header: t('cluster.pools.name'),
      render: ({ name }) => name,
    },
    {
      id: 'nodes',
      header: t('cluster.pools.nodes'),
      numeric: true,
      render: ({ nodes }) => formatCount(nodes),
    },
    {
      id: 'ready',
      header: t('cluster.pools.ready'),
      numeric: true,
      render: ({ ready }) => formatCount(ready),
    },
    {
      id: 'cordoned',
      header: t('cluster.pools.cordoned'),
      numeric: true,
      render: ({ cordoned }) => formatCount(cordoned),
    },
    {
      id: 'kubelets',
      foldBelow: 640,
      header: t('cluster.pools.kubelets'),
      render: ({ kubeletVersions }) =>
        Object.entries(kubeletVersions)
          .map(([version, count]) => `${version} × ${formatCount(count)}`)
          .join(', '),
    },
    {
      id: 'types',
      foldBelow: 640,
      header: t('cluster.pools.types'),
      render: ({ instanceTypes }) => instanceTypes.join(', ') || '–',
    },
    {
      id: 'zones',
      foldBelow: 640,
      header: t('cluster.pools.zones'),
      render: ({ zones }) => zones.join(', ') || '–',
    },
  ];
  return (
    <div id="pools">
      <Panel title={t('cluster.pools.title')}>
        <DataTable
          label={t('cluster.pools.title')}
          columns={columns}
          rows={pools}
          rowKey={({ name }) => name}
          placeholder={
            pools.length === 0 ? (
              <EmptyState title={t('cluster.pools.empty')} />
            ) : undefined
          }
        />
      </Panel>
    </div>
  );
};
