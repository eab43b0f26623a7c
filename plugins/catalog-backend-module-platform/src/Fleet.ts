import type { Cluster } from '@roadbed/backstage-plugin-platform-common';

/** The fleet as far as the catalog shows it, from one moment. */
export interface Fleet {
  /** The clusters, each once: second names of a cluster are left out. */
  clusters: Cluster[];
  /** How many second names were left out. */
  duplicates: number;
  /**
   * References of the entities that run on each of the clusters, sorted;
   * `undefined` where that is not known.
   */
  dependents: ReadonlyMap<string, readonly string[] | undefined>;
  /** Why nothing is known about what runs anywhere. */
  dependentsError?: string;
}

/**
 * What runs on a cluster.
 *
 * @returns nothing at all on a cluster that is not in the fleet; `undefined`
 *   when it is not known
 */
export function dependentsOn(
  { dependents }: Fleet,
  cluster: string,
): readonly string[] | undefined {
  return dependents.has(cluster) ? dependents.get(cluster) : [];
}
