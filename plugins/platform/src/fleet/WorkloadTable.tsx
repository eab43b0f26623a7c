import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type WorkloadsQuery } from '../api/platformApiRef';
import { selectColumns } from '../components/Column';
import { EmptyState } from '../components/EmptyState';
import { ListPanel } from '../components/ListPanel';
import { useListQuery } from '../components/useListQuery';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import type { FleetColumns } from './columnIds';
import { useWorkloadColumns } from './workloadColumns';
import {
  FLEET_WORKLOAD_FILTERS,
  WORKLOAD_FILTERS,
  useWorkloadFilters,
} from './workloadFilters';

const PAGE_SIZE = 50;
const REFRESH_MS = 30_000;

/** Properties of {@link WorkloadTable}. */
export interface WorkloadTableProps {
  /** Only the workloads of this cluster; without it those of the whole fleet. */
  cluster?: string;
  columns?: FleetColumns['workloads'];
}

/** Workloads, filtered, sorted and paged by the server; the worst come first. */
export const WorkloadTable = ({ cluster, columns }: WorkloadTableProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const withCluster = cluster === undefined;
  // On a cluster's own page its name would say the same in every row.
  const shown = selectColumns(useWorkloadColumns(), columns).filter(
    ({ id }) => withCluster || id !== 'cluster',
  );
  const list = useListQuery({
    filters: withCluster ? FLEET_WORKLOAD_FILTERS : WORKLOAD_FILTERS,
    defaultSort: { column: 'status', order: 'asc' },
  });
  const { query } = list;
  const narrowed = {
    ...query.filters,
    ...(!withCluster && { cluster: [cluster] }),
    q: query.search || undefined,
    image: query.filters.image?.[0],
  };
  const sorted = { ...narrowed, sort: query.sort, order: query.order };
  // As in the cluster list: what the address holds is the server's to judge.
  const asked = {
    ...sorted,
    cursor: query.cursor,
    limit: PAGE_SIZE,
  } as WorkloadsQuery;
  const loaded = usePolled({
    key: JSON.stringify(asked),
    load: signal => api.listWorkloads(asked, { signal }),
    intervalMs: () => REFRESH_MS,
    keepPrevious: true,
  });
  const filters = useWorkloadFilters({
    query: narrowed as WorkloadsQuery,
    withCluster,
  });
  return (
    <ListPanel
      title={t('workloads.title')}
      subject={t('workloads.subject')}
      permission={platformClusterReadPermission.name}
      list={list}
      loaded={loaded}
      limit={PAGE_SIZE}
      columns={shown}
      rowKey={workload => workload.id}
      filters={filters}
      searchLabel={t('workloads.search')}
      csv={{
        fileName: withCluster ? 'workloads' : `workloads-${cluster}`,
        load: options => api.exportWorkloads(sorted as WorkloadsQuery, options),
      }}
      empty={
        <EmptyState title={t('workloads.empty')}>
          {t('workloads.emptyText')}
        </EmptyState>
      }
    />
  );
};
