import { waitFor } from '@roadbed/test-servers';
import { COMPARED } from '../state/readTruth';
import type { World } from './World';

/**
 * Waits until every collector of clusters has begun and ended a complete list
 * since an instant.
 *
 * @param options.since - epoch milliseconds of the database's clock
 * @throws Error that names those that have not
 */
export async function collected(
  world: World,
  options: { clusters: readonly string[]; since: number; timeoutMs: number },
): Promise<void> {
  const { clusters, since, timeoutMs } = options;
  let missing: string[] = [];
  try {
    await waitFor(
      async () => {
        missing = await uncollected(world, { clusters, since });
        return missing.length === 0;
      },
      {
        describe: 'every cluster to be collected',
        timeoutMs,
        intervalMs: 500,
      },
    );
  } catch (cause) {
    if (missing.length === 0) throw cause;
    throw new Error(
      `After ${timeoutMs / 1_000} s not collected: ${missing
        .slice(0, 5)
        .join(', ')}${
        missing.length > 5 ? ` and ${missing.length - 5} more` : ''
      }`,
      { cause },
    );
  }
}

/** Cluster and collector of those that have not. */
export async function uncollected(
  { knex }: World,
  { clusters, since }: { clusters: readonly string[]; since: number },
): Promise<string[]> {
  const rows: Array<{ name: string; collector: string }> = await knex(
    'collect_runs',
  )
    .join('clusters', 'clusters.id', 'collect_runs.cluster_id')
    .where({ outcome: 'success', active: true })
    .where('started_at', '>', since)
    .distinct('name', 'collector');
  const done = new Set(
    rows.map(({ name, collector }) => `${name} ${collector}`),
  );
  return clusters
    .flatMap(name => COMPARED.map(collector => `${name} ${collector}`))
    .filter(place => !done.has(place));
}
