import type { ClusterConnection } from '../ClusterConnection';
import type { AccessProblem } from './strategies';

/** A cluster as the Kubernetes plugin lists it, and whether it can be read. */
export interface ListedCluster {
  name: string;
  title?: string;
  authProvider: string;
  /** The way it is read; `null` when it cannot be, see `accessProblem`. */
  access: 'direct' | 'proxy' | null;
  accessProblem?: AccessProblem;
  /** How often the name is in the list, where that is more than once. */
  duplicatesInList?: number;
}

/** The list of clusters, and what is wrong with the list itself. */
export interface ClusterListing {
  clusters: ListedCluster[];
  problems: AccessProblem[];
}

/**
 * Where the clusters come from: the Kubernetes plugin, lent or over HTTP.
 * Roadbed has no list of its own.
 */
export interface ClusterSource {
  /**
   * Reads the list anew.
   *
   * @throws ServiceUnavailableError when there is no list; never an empty list
   * in its place
   */
  listClusters(): Promise<ClusterListing>;

  /**
   * The connection to a cluster of the list, the same one at every call until
   * the cluster changes. Its sockets are pooled: it is not closed per job.
   *
   * @throws NotFoundError when the list does not name the cluster
   * @throws ClusterError with code `credentials` when it cannot be read
   */
  connect(name: string): Promise<ClusterConnection>;

  /** Closes every connection. */
  close(): Promise<void>;
}
