import type {
  WorkloadImage,
  WorkloadKind,
  WorkloadPods,
  WorkloadStatus,
} from '@roadbed/backstage-plugin-platform-common';
import { parseJson, toMillis } from '../collect/store/dialect';
import type {
  BigIntValue,
  BooleanValue,
  JsonValueOf,
} from '../collect/store/tables';

/** A workload as it is stored. */
export interface StoredWorkload {
  clusterId: number;
  cluster: string;
  key: string;
  kind: WorkloadKind;
  namespace: string;
  name: string;
  status: WorkloadStatus;
  statusMessage: string | null;
  desired: number | null;
  ready: number | null;
  images: WorkloadImage[];
  pods: WorkloadPods | null;
  createdAt: number | null;
  /** `null` until the catalog was read for the first time. */
  owned: boolean | null;
  /** A claim that names no entity of the catalog. */
  ownerProblem: string | null;
}

/** A row of a list of workloads. */
export interface WorkloadListRow
  extends Pick<
    StoredWorkload,
    | 'cluster'
    | 'key'
    | 'kind'
    | 'namespace'
    | 'name'
    | 'status'
    | 'desired'
    | 'ready'
  > {
  cluster_id: number;
  status_message: string | null;
  images: JsonValueOf<WorkloadImage[]>;
  pods: JsonValueOf<WorkloadPods> | null;
  created_at: BigIntValue | null;
  owned: BooleanValue | null;
  owner_problem: string | null;
}

/** The columns of {@link WorkloadListRow}; the table has more. */
export const LISTED = [
  'w.cluster_id',
  'w.key',
  'w.kind',
  'w.namespace',
  'w.name',
  'w.status',
  'w.status_message',
  'w.desired',
  'w.ready',
  'w.images',
  'w.pods',
  'w.created_at',
  'w.owned',
  'w.owner_problem',
] as const;

/** A row as the rest of the room knows it. */
export function toWorkload(row: WorkloadListRow): StoredWorkload {
  return {
    clusterId: row.cluster_id,
    cluster: row.cluster,
    key: row.key,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    status: row.status,
    statusMessage: row.status_message,
    desired: row.desired,
    ready: row.ready,
    images: parseJson(row.images),
    pods: parseJson(row.pods),
    createdAt: toMillis(row.created_at),
    owned: row.owned === null ? null : Boolean(row.owned),
    ownerProblem: row.owner_problem,
  };
}
