import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  platformClusterReadPermission,
  type FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type UnownedQuery } from '../../api/platformApiRef';
import { selectColumns } from '../../components/Column';
import { EmptyState } from '../../components/EmptyState';
import { ListPanel } from '../../components/ListPanel';
import { useListQuery } from '../../components/useListQuery';
import { usePolled } from '../../components/usePolled';
import { platformTranslationRef } from '../../translation';
import { CatalogUnknown } from '../CatalogUnknown';
import type { FleetColumns } from '../columnIds';
import { useUnownedColumns } from './unownedColumns';
import { UNOWNED_FILTERS, useUnownedFilters } from './unownedFilters';

const PAGE_SIZE = 50;
const REFRESH_MS = 30_000;

/** Why the list has no rows: all is well, nothing runs, or nobody knows. */
const Empty = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  if (summary.ownership === null) {
    return <CatalogUnknown index={summary.catalogIndex} />;
  }
  return summary.ownership.owned === 0 ? (
    <EmptyState title={t('unowned.empty.noWorkloads')}>
      {t('unowned.empty.noWorkloadsText')}
    </EmptyState>
  ) : (
    <EmptyState title={t('unowned.empty.title')}>
      {t('unowned.empty.text')}
    </EmptyState>
  );
};

/** Properties of {@link UnownedTable}. */
export interface UnownedTableProps {
  summary: FleetSummary;
  columns?: FleetColumns['unowned'];
}

/** The workloads without an owner, filtered, sorted and paged by the server. */
export const UnownedTable = ({ summary, columns }: UnownedTableProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const shown = selectColumns(useUnownedColumns(), columns);
  const list = useListQuery({
    filters: UNOWNED_FILTERS,
    defaultSort: { column: 'name', order: 'asc' },
  });
  const { query } = list;
  const narrowed = { ...query.filters, q: query.search || undefined };
  const sorted = { ...narrowed, sort: query.sort, order: query.order };
  // As in the cluster list: what the address holds is the server's to judge.
  const asked = {
    ...sorted,
    cursor: query.cursor,
    limit: PAGE_SIZE,
  } as UnownedQuery;
  const loaded = usePolled({
    key: JSON.stringify(asked),
    load: signal => api.listUnownedWorkloads(asked, { signal }),
    intervalMs: () => REFRESH_MS,
    keepPrevious: true,
  });
  return (
    <ListPanel
      title={t('unowned.list')}
      subject={t('unowned.subject')}
      permission={platformClusterReadPermission.name}
      list={list}
      loaded={loaded}
      limit={PAGE_SIZE}
      columns={shown}
      rowKey={workload => workload.id}
      filters={useUnownedFilters(narrowed as UnownedQuery)}
      searchLabel={t('unowned.search')}
      csv={{
        fileName: 'workloads-without-owner',
        load: options =>
          api.exportUnownedWorkloads(sorted as UnownedQuery, options),
      }}
      empty={<Empty summary={summary} />}
    />
  );
};
