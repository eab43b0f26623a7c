import { createHash } from 'node:crypto';

/** The most characters that the name of an entity may have. */
const MAX_NAME = 63;

/**
 * The name of a cluster as a catalog accepts it: letters, digits, and single
 * separators between them, at most 63 characters. Most clusters keep theirs.
 */
export function entityNameOf(cluster: string): string {
  const name = cluster.replace(/[^A-Za-z0-9._-]+/g, '-');
  return trimmed(name.slice(0, MAX_NAME)) || suffixed('cluster', cluster);
}

/**
 * Gives every cluster an entity name of its own; names that differ only in
 * case are one name to the catalog.
 *
 * @remarks
 * Of several clusters that want the same name, the one gets it that has it
 * already, else the one that is really called so, else the first in the
 * alphabet. The others get theirs with a hash of the cluster's name behind it,
 * so that the answer does not depend on the order of the list.
 *
 * @param held - names that clusters have in the catalog already
 * @param taken - names of other entities, in lower case
 */
export function assignEntityNames(options: {
  clusters: readonly string[];
  held: ReadonlyMap<string, string>;
  taken: ReadonlySet<string>;
}): Map<string, string> {
  const { clusters, held, taken } = options;
  const used = new Set(taken);
  const names = new Map<string, string>();
  const give = (cluster: string, name: string) => {
    if (used.has(name.toLowerCase())) return false;
    used.add(name.toLowerCase());
    names.set(cluster, name);
    return true;
  };
  const sorted = [...clusters].sort();
  const firstChoice = (test: (cluster: string, name: string) => boolean) => {
    for (const cluster of sorted) {
      const name = entityNameOf(cluster);
      if (!names.has(cluster) && test(cluster, name)) give(cluster, name);
    }
  };
  firstChoice((cluster, name) => held.get(cluster) === name);
  firstChoice((cluster, name) => cluster === name);
  firstChoice(() => true);
  for (const cluster of sorted) {
    if (!names.has(cluster)) {
      give(cluster, suffixed(entityNameOf(cluster), cluster));
    }
  }
  return names;
}

function suffixed(name: string, cluster: string): string {
  const hash = createHash('sha256').update(cluster).digest('hex').slice(0, 8);
  return `${trimmed(name.slice(0, MAX_NAME - hash.length - 1))}-${hash}`;
}

/** Names begin and end with a letter or digit. */
function trimmed(name: string): string {
  return name.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
