import type { Facet, Facets } from '@roadbed/backstage-plugin-platform-common';
import type { Caller } from './access/Caller';
import { facetOf } from './facets';
import type { WorkloadFilter, WorkloadStore } from './WorkloadStore';

/** What workloads can be filtered by, and where that stands. */
const COLUMNS = [
  ['cluster', 'c.name'],
  ['namespace', 'w.namespace'],
  ['kind', 'w.kind'],
  ['status', 'w.status'],
] as const;

/** Counts the workloads that pass a filter by what they can be filtered by. */
export async function workloadFacets(options: {
  workloads: WorkloadStore;
  filter: WorkloadFilter;
  caller: Caller;
}): Promise<Facets> {
  const { workloads, filter, caller } = options;
  const [totalItems, ...facets] = await Promise.all([
    workloads.count(caller.clusters, filter),
    ...COLUMNS.map(async ([name, column]) => {
      const others = { ...filter, [name]: undefined };
      const counts = await workloads.countBy(caller.clusters, others, column);
      return facetOf(name, counts);
    }),
  ]);
  return { totalItems, facets };
}

/**
 * Counts the workloads that pass a filter by entity, as far as the caller may
 * read those.
 */
export async function entityFacet(options: {
  workloads: WorkloadStore;
  filter: WorkloadFilter;
  caller: Caller;
}): Promise<Facet> {
  const { workloads, filter, caller } = options;
  const counts = await workloads.countByEntity(caller.clusters, filter);
  return facetOf('entity', await readable(counts, caller));
}

/**
 * Counts the workloads that pass a filter by the owner of their entity. As when
 * it is filtered by, only the entities count that the caller may read, and
 * owners that the caller may not read are left out.
 */
export async function ownerFacet(options: {
  workloads: WorkloadStore;
  filter: WorkloadFilter;
  caller: Caller;
}): Promise<Facet> {
  const { workloads, filter, caller } = options;
  const { clusters } = caller;
  const entities = await workloads.countByEntity(clusters, filter);
  const known = await readable(entities, caller);
  const counts = await workloads.countByOwner(
    clusters,
    filter,
    known.size < entities.size ? [...known.keys()] : undefined,
  );
  return facetOf('owner', await readable(counts, caller));
}

async function readable(
  counts: Map<string, number>,
  caller: Caller,
): Promise<Map<string, number>> {
  const refs = await caller.readableRefs([...counts.keys()]);
  return new Map([...counts].filter(([ref]) => refs.has(ref)));
}
