import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  workloadKindSchema,
  workloadStatusSchema,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type WorkloadsQuery } from '../api/platformApiRef';
import { EmptyState } from '../components/EmptyState';
import type { FilterDefinition } from '../components/FilterMenu';
import { ListPanel } from '../components/ListPanel';
import { useListQuery } from '../components/useListQuery';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { FLEET_READ_PERMISSION } from './permissions';
import { useWorkloadColumns } from './workloadColumns';

const PAGE_SIZE = 50;
const REFRESH_MS = 30_000;
const FILTERS = ['kind', 'status', 'namespace'] as const;
const FLEET_FILTERS = [...FILTERS, 'cluster'] as const;

/** Properties of {@link WorkloadTable}. */
export interface WorkloadTableProps {
  /** Only the workloads of this cluster; without it those of the whole fleet. */
  cluster?: string;
}

/** Workloads, filtered, sorted and paged by the server. */
export const WorkloadTable = ({ cluster }: WorkloadTableProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const columns = useWorkloadColumns({ withCluster: cluster === undefined });
  const list = useListQuery({
    filters: cluster === undefined ? FLEET_FILTERS : FILTERS,
    defaultSort: { column: 'name', order: 'asc' },
  });
  const { query } = list;
  const asked = {
    ...query.filters,
    ...(cluster !== undefined && { cluster: [cluster] }),
    q: query.search || undefined,
    sort: query.sort,
    order: query.order,
    cursor: query.cursor,
    limit: PAGE_SIZE,
    // As in the cluster list: what the address holds is the server's to judge.
  } as WorkloadsQuery;
  const loaded = usePolled({
    key: JSON.stringify(asked),
    load: signal => api.listWorkloads(asked, { signal }),
    intervalMs: () => REFRESH_MS,
    keepPrevious: true,
  });
  const chosen = (name: string) =>
    (query.filters[name] ?? []).map(value => ({ value, label: value }));
  const filters: FilterDefinition[] = [
    {
      name: 'kind',
      label: t('workloads.filters.kind'),
      options: workloadKindSchema.options.map(kind => ({
        value: kind,
        label: kind,
      })),
    },
    {
      name: 'status',
      label: t('workloads.filters.status'),
      options: workloadStatusSchema.options.map(status => ({
        value: status,
        label: t(`workloadStatus.${status}`),
      })),
    },
    ...namedFilters(),
  ];

  /** Names come from links and rows: there are too many to choose from a menu. */
  function namedFilters(): FilterDefinition[] {
    return [
      {
        name: 'cluster',
        label: t('workloads.filters.cluster'),
        options: chosen('cluster'),
      },
      {
        name: 'namespace',
        label: t('workloads.filters.namespace'),
        options: chosen('namespace'),
      },
    ].filter(filter => filter.options.length > 0);
  }

  return (
    <ListPanel
      title={t('workloads.title')}
      subject={t('workloads.subject')}
      permission={FLEET_READ_PERMISSION}
      list={list}
      loaded={loaded}
      limit={PAGE_SIZE}
      columns={columns}
      rowKey={workload => workload.id}
      filters={filters}
      searchLabel={t('workloads.search')}
      empty={
        <EmptyState title={t('workloads.empty')}>
          {t('workloads.emptyText')}
        </EmptyState>
      }
    />
  );
};
