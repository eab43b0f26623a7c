import { parseJson, toMillis } from './dialect';
import type { AccessProblem, ClusterRow } from './tables';

/** A cluster as it is stored; instants in epoch milliseconds. */
export interface ClusterRecord {
  id: number;
  name: string;
  title: string | null;
  /** UID of its kube-system namespace; `null` until it was read. */
  uid: string | null;
  authProvider: string;
  access: 'direct' | 'proxy' | null;
  accessProblem: AccessProblem | null;
  /** The row under which the same cluster is collected already. */
  duplicateOf: number | null;
  active: boolean;
  firstSeenAt: number;
  lastListedAt: number;
  missingSinceAt: number | null;
  verifiedAt: number | null;
  replacedAt: number | null;
  removedAt: number | null;
}

/** Reads a row of `clusters`, however the driver returned it. */
export function clusterRecord(row: ClusterRow): ClusterRecord {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    uid: row.uid,
    authProvider: row.auth_provider,
    access: row.access,
    accessProblem: parseJson(row.access_problem),
    duplicateOf: row.duplicate_of,
    active: Boolean(row.active),
    firstSeenAt: toMillis(row.first_seen_at),
    lastListedAt: toMillis(row.last_listed_at),
    missingSinceAt: toMillis(row.missing_since_at),
    verifiedAt: toMillis(row.verified_at),
    replacedAt: toMillis(row.replaced_at),
    removedAt: toMillis(row.removed_at),
  };
}
