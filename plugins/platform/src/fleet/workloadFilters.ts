import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  workloadStatusSchema,
  type WorkloadStatus,
} from '@roadbed/backstage-plugin-platform-common';
import { platformApiRef, type WorkloadsQuery } from '../api/platformApiRef';
import type { FilterDefinition } from '../components/FilterMenu';
import { useFacets } from '../components/useFacets';
import { platformTranslationRef } from '../translation';
import { inOrderOf } from './enumOrder';
import { entityLabel } from './entityLabel';

/** What the workloads of one cluster can be narrowed by, as the query calls it. */
export const WORKLOAD_FILTERS = [
  'status',
  'kind',
  'namespace',
  'owner',
  'entity',
  'image',
] as const;

/** As {@link WORKLOAD_FILTERS}, of the whole fleet. */
export const FLEET_WORKLOAD_FILTERS = [...WORKLOAD_FILTERS, 'cluster'] as const;

/** The filters of a list of workloads, with the values that occur. */
export function useWorkloadFilters(options: {
  query: WorkloadsQuery;
  withCluster: boolean;
}): FilterDefinition[] {
  const { query, withCluster } = options;
  const { t } = useTranslationRef(platformTranslationRef);
  const api = useApi(platformApiRef);
  const filter = useFacets({
    query,
    load: (asked, request) => api.getWorkloadFacets(asked, request),
  });
  const unknown = t('filter.unknown');
  const reference = (expectedKind: string) => (value: string) =>
    value === 'unknown' ? unknown : entityLabel(value, expectedKind);
  return [
    filter({
      name: 'status',
      label: t('workloads.filters.status'),
      labelOf: value => t(`workloadStatus.${value as WorkloadStatus}`),
      order: inOrderOf(workloadStatusSchema.options),
    }),
    filter({ name: 'kind', label: t('workloads.filters.kind') }),
    ...(withCluster
      ? [filter({ name: 'cluster', label: t('workloads.filters.cluster') })]
      : []),
    filter({ name: 'namespace', label: t('workloads.filters.namespace') }),
    filter({
      name: 'owner',
      label: t('workloads.filters.owner'),
      labelOf: reference('group'),
    }),
    filter({
      name: 'entity',
      label: t('workloads.filters.entity'),
      labelOf: reference('component'),
    }),
    // Part of an image's name: links set it, and nobody could choose it from
    // a menu.
    ...(query.image
      ? [{ name: 'image', label: t('workloads.filters.image'), options: [] }]
      : []),
  ];
}
