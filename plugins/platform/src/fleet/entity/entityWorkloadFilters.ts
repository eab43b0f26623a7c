import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  workloadKindSchema,
  workloadStatusSchema,
  type EntityCluster,
} from '@roadbed/backstage-plugin-platform-common';
import type { FilterDefinition } from '../../components/FilterMenu';
import { platformTranslationRef } from '../../translation';

/** What the workloads of an entity can be narrowed by, as the query calls it. */
export const ENTITY_WORKLOAD_FILTERS = ['cluster', 'status', 'kind'] as const;

const plain = (value: string) => ({ value, label: value });

/** The filters of the list, with the clusters that the entity runs on. */
export function useEntityWorkloadFilters(
  clusters: EntityCluster[],
): FilterDefinition[] {
  const { t } = useTranslationRef(platformTranslationRef);
  return [
    {
      name: 'cluster',
      label: t('workloads.filters.cluster'),
      options: clusters.map(({ name }) => plain(name)),
    },
    {
      name: 'status',
      label: t('workloads.filters.status'),
      options: workloadStatusSchema.options.map(value => ({
        value,
        label: t(`workloadStatus.${value}`),
      })),
    },
    {
      name: 'kind',
      label: t('workloads.filters.kind'),
      options: workloadKindSchema.options.map(plain),
    },
  ];
}
