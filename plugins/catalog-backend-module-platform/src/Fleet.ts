import type { Cluster } from '@roadbed/backstage-plugin-platform-common';

/** The fleet as far as the catalog shows it, from one moment. */
export interface Fleet {
  /** The clusters, each once: second names of a cluster are left out. */
  clusters: Cluster[];
  /** How many second names were left out. */
  duplicates: number;
  /**
   * References of the entities that run on each cluster, sorted; `undefined`
   * when that is not known, and `dependentsError` says why.
   */
  dependents: ReadonlyMap<string, readonly string[]> | undefined;
  dependentsError?: string;
}
