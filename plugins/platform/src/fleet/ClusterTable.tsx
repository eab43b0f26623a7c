import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  clusterStateSchema,
  type FleetSummary,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type ClustersQuery } from '../api/platformApiRef';
import type { FilterDefinition } from '../components/FilterMenu';
import { ListPanel } from '../components/ListPanel';
import { useListQuery } from '../components/useListQuery';
import { usePolled } from '../components/usePolled';
import { platformTranslationRef } from '../translation';
import { useClusterColumns } from './clusterColumns';
import { environmentOrder, newestMinorFirst } from './matrixOrder';
import { NoClusters } from './NoClusters';
import { FLEET_READ_PERMISSION } from './permissions';
import { pollEvery } from './pollEvery';
import { useProviders } from './useProviders';

const PAGE_SIZE = 50;
const FILTERS = ['environment', 'provider', 'minor', 'state'] as const;

/** The clusters of the fleet, filtered, sorted and paged by the server. */
export const ClusterTable = ({ summary }: { summary: FleetSummary }) => {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const columns = useClusterColumns();
  const list = useListQuery({
    filters: FILTERS,
    defaultSort: { column: 'name', order: 'asc' },
  });
  const { query } = list;
  const asked = {
    ...query.filters,
    q: query.search || undefined,
    sort: query.sort,
    order: query.order,
    cursor: query.cursor,
    limit: PAGE_SIZE,
    // Values of the address that the list does not know are the server's to
    // refuse by name, so they go out as they came in.
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
        permission={FLEET_READ_PERMISSION}
        list={list}
        loaded={loaded}
        limit={PAGE_SIZE}
        columns={columns}
        rowKey={cluster => cluster.id}
        filters={useClusterFilters(summary)}
        searchLabel={t('fleet.clusters.search')}
        empty={<NoClusters />}
      />
    </div>
  );
};

/** What the clusters can be filtered by, with the values that occur. */
function useClusterFilters(summary: FleetSummary): FilterDefinition[] {
  const { t } = useTranslationRef(platformTranslationRef);
  const { providers, ask } = useProviders();
  const plain = (value: string) => ({ value, label: value });
  const environments = new Set(
    summary.versions.flatMap(({ clusters }) =>
      clusters.flatMap(({ environment }) => environment ?? []),
    ),
  );
  return [
    {
      name: 'environment',
      label: t('fleet.filters.environment'),
      options: [...environments].sort(environmentOrder).map(plain),
    },
    {
      name: 'provider',
      label: t('fleet.filters.provider'),
      options: providers.map(plain),
      onOpen: ask,
    },
    {
      name: 'minor',
      label: t('fleet.filters.minor'),
      options: summary.versions
        .map(({ minor }) => minor)
        .sort(newestMinorFirst)
        .map(minor =>
          minor === null
            ? { value: 'unknown', label: t('fleet.filters.unknown') }
            : plain(minor),
        ),
    },
    {
      name: 'state',
      label: t('fleet.filters.state'),
      options: clusterStateSchema.options.map(state => ({
        value: state,
        label: t(`clusterState.${state}`),
      })),
    },
  ];
}
