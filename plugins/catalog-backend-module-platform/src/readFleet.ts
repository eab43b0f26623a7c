import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import {
  MAX_PAGE_LIMIT,
  type PlatformApi,
  type RequestOptions,
} from '@roadbed/backstage-plugin-platform-common';
import type { Fleet } from './Fleet';

/** What is asked of Roadbed. */
export type FleetApi = Pick<
  PlatformApi,
  'getFleetSummary' | 'listClusters' | 'listEntityClusters'
>;

/**
 * Reads the clusters and what runs on them, all pages of both.
 *
 * @remarks
 * All or nothing: half of a list would say that the other half is gone. What
 * runs on the clusters may be unknown while the clusters themselves are known.
 *
 * @throws ServiceUnavailableError while Roadbed does not know the clusters
 *   itself, and when the list changed while it was read; errors of the client
 */
export async function readFleet(
  api: FleetApi,
  options: RequestOptions,
): Promise<Fleet> {
  const { clusterList } = await api.getFleetSummary(options);
  if (clusterList.asOf === null) {
    throw new ServiceUnavailableError(
      `Roadbed has not read the portal's cluster list yet${
        clusterList.error ? `: ${clusterList.error}` : ''
      }`,
    );
  }
  const listed = await allPages(cursor =>
    api.listClusters({ limit: MAX_PAGE_LIMIT, cursor }, options),
  );
  const clusters = listed.filter(({ state }) => state !== 'duplicate');
  return {
    clusters,
    duplicates: listed.length - clusters.length,
    ...(await readDependents(api, options)),
  };
}

async function readDependents(
  api: FleetApi,
  options: RequestOptions,
): Promise<Pick<Fleet, 'dependents' | 'dependentsError'>> {
  try {
    const rows = await allPages(async cursor => {
      const page = await api.listEntityClusters(
        { limit: MAX_PAGE_LIMIT, cursor },
        options,
      );
      if (page.catalogIndex.asOf === null) {
        throw new ServiceUnavailableError(
          'Roadbed has not read the catalog yet',
        );
      }
      return page;
    });
    const dependents = new Map<string, string[]>();
    for (const { cluster, entityRef } of rows) {
      const refs = dependents.get(cluster) ?? [];
      refs.push(entityRef);
      dependents.set(cluster, refs);
    }
    for (const refs of dependents.values()) refs.sort();
    return { dependents };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { dependents: undefined, dependentsError: stringifyError(error) };
  }
}

interface Page<T> {
  items: T[];
  pageInfo: { nextCursor?: string };
  totalItems: number;
}

async function allPages<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let page: Page<T>;
  let cursor: string | undefined;
  do {
    page = await read(cursor);
    items.push(...page.items);
    cursor = page.pageInfo.nextCursor;
  } while (cursor !== undefined);
  if (items.length !== page.totalItems) {
    throw new ServiceUnavailableError(
      `A list of Roadbed changed while it was read: ${items.length} rows came, ${page.totalItems} are in it now`,
    );
  }
  return items;
}
