import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import {
  MAX_PAGE_LIMIT,
  type Cluster,
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
  const { refs, error } = await readRunning(api, options);
  return {
    clusters,
    duplicates: listed.length - clusters.length,
    dependents: new Map(
      clusters.map(cluster => [
        cluster.name,
        refs && isCollected(cluster)
          ? (refs.get(cluster.name) ?? []).sort()
          : undefined,
      ]),
    ),
    dependentsError: error,
  };
}

/**
 * Whether all of a cluster's workloads were seen once: before that, what is
 * not there may just not have been read yet.
 */
function isCollected({ state, workloads }: Cluster): boolean {
  return workloads !== null && state !== 'collecting';
}

/** References of entities by the cluster that they run on. */
async function readRunning(
  api: FleetApi,
  options: RequestOptions,
): Promise<{ refs?: Map<string, string[]>; error?: string }> {
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
    const refs = new Map<string, string[]>();
    for (const { cluster, entityRef } of rows) {
      const known = refs.get(cluster);
      if (known) known.push(entityRef);
      else refs.set(cluster, [entityRef]);
    }
    return { refs };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { error: stringifyError(error) };
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
