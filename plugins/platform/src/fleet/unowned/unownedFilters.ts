import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  workloadStatusSchema,
  type WorkloadStatus,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type UnownedQuery } from '../../api/platformApiRef';
import type { FilterDefinition } from '../../components/FilterMenu';
import { useFacets } from '../../components/useFacets';
import { platformTranslationRef } from '../../translation';
import { inOrderOf } from '../enumOrder';

/** What workloads without an owner can be narrowed by, as the query calls it. */
export const UNOWNED_FILTERS = [
  'cluster',
  'namespace',
  'kind',
  'status',
] as const;

/** The filters of the list, with the values that occur. */
export function useUnownedFilters(query: UnownedQuery): FilterDefinition[] {
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const filter = useFacets({
    query,
    load: (asked, options) => api.getUnownedFacets(asked, options),
  });
  return [
    filter({ name: 'cluster', label: t('workloads.filters.cluster') }),
    filter({ name: 'namespace', label: t('workloads.filters.namespace') }),
    filter({ name: 'kind', label: t('workloads.filters.kind') }),
    filter({
      name: 'status',
      label: t('workloads.filters.status'),
      labelOf: value => t(`workloadStatus.${value as WorkloadStatus}`),
      order: inOrderOf(workloadStatusSchema.options),
    }),
  ];
}
