import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  platformClusterReadPermission,
  type FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type ClustersQuery } from '../api/platformApiRef';
import { selectColumns } from '../components/Column';
import { ListPanel } from '../components/ListPanel';
import { useListQuery } from '../components/useListQuery';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { useClusterColumns } from './clusterColumns';
import { CLUSTER_FILTERS, useClusterFilters } from './clusterFilters';
import { DEFAULT_CLUSTER_COLUMNS, type FleetColumns } from './columnIds';
import { NoClusters } from './NoClusters';
import { pollEvery } from './pollEvery';

const PAGE_SIZE = 50;

/** Properties of {@link ClusterTable}. */
export interface ClusterTableProps {
  summary: FleetSummary;
  columns?: FleetColumns['clusters'];
}

/** The clusters of the fleet, filtered, sorted and paged by the server. */
export const ClusterTable = ({ summary, columns }: ClusterTableProps) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const shown = selectColumns(
    useClusterColumns(),
    columns ?? DEFAULT_CLUSTER_COLUMNS,
  );
  const list = useListQuery({
    filters: CLUSTER_FILTERS,
    defaultSort: { column: 'name', order: 'asc' },
  });
  const { query } = list;
  const narrowed = { ...query.filters, q: query.search || undefined };
  const sorted = { ...narrowed, sort: query.sort, order: query.order };
  // Values of the address that the list does not know are the server's to
  // refuse by name, so they go out as they came in.
  const asked = {
    ...sorted,
    cursor: query.cursor,
    limit: PAGE_SIZE,
  } as ClustersQuery;
  const loaded = usePolled({
    key: JSON.stringify(asked),
    load: signal => api.listClusters(asked, { signal }),
    intervalMs: () => pollEvery(summary),
    keepPrevious: true,
  });
  return (
    <div id="clusters">
      <ListPanel
        title={t('fleet.clusters.title')}
        subject={t('fleet.clustersSubject')}
        permission={platformClusterReadPermission.name}
        list={list}
        loaded={loaded}
        limit={PAGE_SIZE}
        columns={shown}
        rowKey={cluster => cluster.id}
        filters={useClusterFilters(narrowed as ClustersQuery)}
        searchLabel={t('fleet.clusters.search')}
        csv={{
          fileName: 'clusters',
          load: options => api.exportClusters(sorted as ClustersQuery, options),
        }}
        empty={<NoClusters />}
      />
    </div>
  );
};
