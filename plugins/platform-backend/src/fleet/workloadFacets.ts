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
 * Counts the workloads that pass a filter by entity or by the owner of the
 * entity, as far as the caller may read those.
 */
export async function ownerFacet(options: {
  workloads: WorkloadStore;
  filter: WorkloadFilter;
  caller: Caller;
  name: 'entity' | 'owner';
}): Promise<Facet> {
  const { workloads, filter, caller, name } = options;
  const counts = await workloads.countByOwner(caller.clusters, filter, name);
  const readable = await caller.readEntities([...counts.keys()]);
  return facetOf(
    name,
    new Map([...counts].filter(([ref]) => readable.has(ref))),
  );
}
