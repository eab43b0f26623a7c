import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  clusterStateSchema,
  clusterSupportStateSchema,
  type ClusterState,
  type ClusterSupportState,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type ClustersQuery } from '../api/platformApiRef';
import type { FilterDefinition } from '../components/FilterMenu';
import { useFacets } from '../components/useFacets';
import { platformTranslationRef } from '../translation';
import { inOrderOf } from './enumOrder';
import { entityLabel } from './entityLabel';
import { environmentOrder, newestMinorFirst } from './matrixOrder';

/** What the cluster list can be narrowed by, as its query calls it. */
export const CLUSTER_FILTERS = [
  'environment',
  'ring',
  'provider',
  'region',
  'owner',
  'minor',
  'support',
  'state',
] as const;

/** The filters of the cluster list, with the values that occur. */
export function useClusterFilters(query: ClustersQuery): FilterDefinition[] {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const filter = useFacets({
    query,
    load: (asked, options) => api.getClusterFacets(asked, options),
  });
  const unknown = t('filter.unknown');
  const plain = (value: string) => (value === 'unknown' ? unknown : value);
  return [
    filter({
      name: 'environment',
      label: t('fleet.filters.environment'),
      labelOf: plain,
      order: environmentOrder,
    }),
    filter({ name: 'ring', label: t('fleet.filters.ring'), labelOf: plain }),
    filter({
      name: 'provider',
      label: t('fleet.filters.provider'),
      labelOf: plain,
    }),
    filter({
      name: 'region',
      label: t('fleet.filters.region'),
      labelOf: plain,
    }),
    filter({
      name: 'owner',
      label: t('fleet.filters.owner'),
      labelOf: value => entityLabel(plain(value), 'group'),
    }),
    filter({
      name: 'minor',
      label: t('fleet.filters.minor'),
      labelOf: plain,
      order: newestMinorFirst,
    }),
    filter({
      name: 'support',
      label: t('fleet.filters.support'),
      labelOf: value => t(`supportState.${value as ClusterSupportState}`),
      order: inOrderOf(clusterSupportStateSchema.options),
    }),
    filter({
      name: 'state',
      label: t('fleet.filters.state'),
      labelOf: value => t(`clusterState.${value as ClusterState}`),
      order: inOrderOf(clusterStateSchema.options),
    }),
  ];
}
