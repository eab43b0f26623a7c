import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { PlatformApi } from '@roadbed/backstage-plugin-platform-common';
import {
  platformApiRef,
  type EntityWorkloadsQuery,
} from '../../api/platformApiRef';
import { usePolled, type Polled } from '../../components/usePolled';

const REFRESH_MS = 30_000;

/** Where an entity runs, as the API answers it. */
export type EntityWorkloads = Awaited<
  ReturnType<PlatformApi['listEntityWorkloads']>
>;

/** The entity of the page, as the API is asked about it. */
export function useEntityParams() {
  const { entity } = useEntity();
  const { name, namespace = 'default', title } = entity.metadata;
  return {
    params: { kind: entity.kind.toLowerCase(), namespace, name },
    entityRef: stringifyEntityRef(entity),
    /** What people call it. */
    label: title ?? name,
  };
}

/** Where the entity of the page runs, asked again and again. */
export function useEntityWorkloads(
  query: EntityWorkloadsQuery,
): Polled<EntityWorkloads> {
  const api = useApi(platformApiRef);
  const { params } = useEntityParams();
  return usePolled({
    key: JSON.stringify([params, query]),
    load: signal => api.listEntityWorkloads(params, query, { signal }),
    intervalMs: () => REFRESH_MS,
    keepPrevious: true,
  });
}
