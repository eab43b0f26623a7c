import type { DatabaseKind } from '../../processes/Database';
import type { FleetSize } from '../../processes/startSimulator';

/** What a fault happens to. */
export interface StageSpec {
  size: FleetSize;
  database: DatabaseKind;
  replicas: number;
  /** Of a disk of its own for the files of the database; no such disk unless given. */
  diskBytes?: number;
}

/** Names of the stages. */
export type StageName = 'many-clusters' | 'long-lists' | 'sqlite';

const WORKLOADS_PER_CLUSTER = 100;
const PODS_PER_CLUSTER = 200;

/**
 * What the faults happen to, for a number of clusters.
 *
 * @remarks
 * Lists must have several pages for what happens in the middle of one, and
 * many clusters with lists that long are more than a small machine can
 * generate: so there are fewer of them.
 */
export function stages(clusters: number): Record<StageName, StageSpec> {
  return {
    'many-clusters': {
      size: {
        clusters,
        workloads: clusters * WORKLOADS_PER_CLUSTER,
        pods: clusters * PODS_PER_CLUSTER,
      },
      database: 'postgres',
      replicas: 2,
    },
    'long-lists': {
      size: { clusters: 6, workloads: 1_200, pods: 10_000 },
      database: 'postgres',
      replicas: 2,
    },
    sqlite: {
      size: { clusters: 10, workloads: 1_000, pods: 2_000 },
      database: 'sqlite',
      replicas: 1,
      diskBytes: 256 * 1024 * 1024,
    },
  };
}
