import type { ClusterConnection } from '../ClusterConnection';
import type { ClusterListing, ListedCluster } from './ClusterSource';
import { accessProblem } from './strategies';

/** One reading of the list, with what is needed to read its clusters. */
export interface ConnectableListing extends ClusterListing {
  connections: Map<string, ClusterConnection>;
}

/**
 * Turns the entries of the Kubernetes plugin into listed clusters: the first of
 * a name counts, further ones are told.
 */
export function listedClusters(options: {
  entries: ReadonlyArray<{
    name: string;
    title?: string;
    authProvider?: string;
  }>;
  access: 'direct' | 'proxy';
  known?: ReadonlySet<string>;
}): ClusterListing {
  const { entries, access, known } = options;
  const byName = new Map<string, ListedCluster>();
  for (const { name, title, authProvider } of entries) {
    const earlier = byName.get(name);
    if (earlier) {
      earlier.duplicatesInList = (earlier.duplicatesInList ?? 1) + 1;
      continue;
    }
    const problem = accessProblem({ strategy: authProvider, access, known });
    byName.set(name, {
      name,
      ...(title && { title }),
      authProvider: authProvider ?? '',
      access: problem ? null : access,
      ...(problem && { accessProblem: problem }),
    });
  }
  const clusters = [...byName.values()];
  const problems = clusters
    .filter(cluster => cluster.duplicatesInList)
    .map(({ name, duplicatesInList }) => ({
      code: 'duplicate_name',
      message: `The Kubernetes plugin lists ${duplicatesInList} clusters called "${name}"; the first one is read, the others are not`,
      remedy:
        'Give each cluster its own `name` in app-config `kubernetes.clusterLocatorMethods` or in the catalog',
    }));
  return { clusters, problems };
}
