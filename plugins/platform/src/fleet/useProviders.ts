import { errorApiRef, useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import {
  MAX_PAGE_LIMIT,
  type PlatformApi,
} from '@roadbed/backstage-plugin-platform-common';
import { useRef, useState } from 'react';
import { platformApiRef } from '../api/platformApiRef';

async function readProviders(api: PlatformApi): Promise<string[]> {
  const providers = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await api.listClusters({ limit: MAX_PAGE_LIMIT, cursor });
    page.items.forEach(({ attributes }) => {
      if (attributes.provider) {
        providers.add(attributes.provider.value);
      }
    });
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return [...providers].sort();
}

/**
 * The providers of the fleet, read when somebody first asks: they are spread
 * over all pages of the cluster list, and most readers never filter by them.
 */
export function useProviders(): { providers: string[]; ask: () => void } {
  const api = useApi(platformApiRef);
  const errorApi = useApi(errorApiRef);
  const [providers, setProviders] = useState<string[]>([]);
  const asked = useRef(false);
  const ask = () => {
    if (asked.current) {
      return;
    }
    asked.current = true;
    readProviders(api).then(setProviders, cause => {
      asked.current = false;
      errorApi.post(toError(cause));
    });
  };
  return { providers, ask };
}
