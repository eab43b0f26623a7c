import type {
  Workload,
  WorkloadOwner,
} from '@roadbed/backstage-plugin-platform-common';
import type { Caller, ReadableEntity } from './access/Caller';
import { CatalogAwayError } from './access/CatalogAwayError';
import type { ClusterBrief } from './clusterBrief';
import { isoOrNull } from './isoOrNull';
import type { StoredOwner } from './ownership/OwnershipStore';
import { COLLECTOR_BY_KIND } from './workloadCollectors';
import type { StoredWorkload } from './storedWorkload';

/** A stored workload as it is served. */
export function workloadView(
  stored: StoredWorkload,
  {
    cluster,
    ownership,
    owners,
  }: { cluster: ClusterBrief | undefined } & Pick<
    Workload,
    'ownership' | 'owners'
  >,
): Workload {
  return {
    cluster: stored.cluster,
    kind: stored.kind,
    namespace: stored.namespace,
    name: stored.name,
    status: stored.status,
    statusMessage: stored.statusMessage,
    desired: stored.desired,
    ready: stored.ready,
    images: stored.images,
    pods: stored.pods,
    // By name: ids of rows tell how many other clusters there are.
    id: Buffer.from(`${stored.cluster}/${stored.key}`).toString('base64url'),
    createdAt: isoOrNull(stored.createdAt),
    asOf: cluster?.asOf(COLLECTOR_BY_KIND[stored.kind]) ?? null,
    ownership,
    owners,
    clusterState: cluster?.state ?? 'missing',
  };
}

/** `undefined` when the catalog can not be asked; workloads are served without it. */
export async function readableOrUnknown(
  caller: Caller,
  refs: string[],
): Promise<Map<string, ReadableEntity> | undefined> {
  if (refs.length === 0) return new Map();
  try {
    return await caller.readEntities(refs);
  } catch (error) {
    if (error instanceof CatalogAwayError) return undefined;
    throw error;
  }
}

/** Whose a workload is, as far as the caller may know. */
export function ownershipFor(
  { owned }: StoredWorkload,
  owners: StoredOwner[],
  readable: Map<string, ReadableEntity> | undefined,
): Pick<Workload, 'ownership' | 'owners'> {
  if (owned === false) return { ownership: 'unowned', owners: [] };
  if (owned === null || !readable) return { ownership: 'unknown', owners: [] };
  return {
    ownership: 'owned',
    owners: owners.flatMap((owner): WorkloadOwner[] => {
      const entity = readable.get(owner.entityRef);
      return entity
        ? [{ ...owner, ...(entity.title && { title: entity.title }) }]
        : [];
    }),
  };
}
