import { fullEntityRef } from '@roadbed/backstage-plugin-platform-common';
import type { Caller } from '../access/Caller';
import type { WorkloadFilter } from '../WorkloadStore';
import type { OwnershipStore } from './OwnershipStore';

/**
 * The entities that a filter by entity or owner comes to, as far as the caller
 * may read them; what may not be read can not be filtered by either.
 */
export async function readableFilter(
  owners: OwnershipStore,
  query: { entity?: string[]; owner?: string[] },
  caller: Caller,
): Promise<Pick<WorkloadFilter, 'anyEntity' | 'entity'>> {
  const full = (refs: string[], kind: string) =>
    refs.flatMap(ref => fullEntityRef(ref, kind) ?? []);
  const named = query.entity && full(query.entity, 'component');
  const owned =
    query.owner &&
    (await owners.entitiesThrough('owner_ref', full(query.owner, 'group')));
  if (!named && !owned) return {};
  const readable = await caller.readableRefs([
    ...new Set([...(named ?? []), ...(owned ?? [])]),
  ]);
  return {
    ...(named && { entity: named.filter(ref => readable.has(ref)) }),
    ...(owned && { anyEntity: owned.filter(ref => readable.has(ref)) }),
  };
}
