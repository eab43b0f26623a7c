import type { CallerName } from './callers';

/** What each caller gets of a route whose path is filled in. */
export interface RouteExpectation
  extends Record<Exclude<CallerName, 'nobody'>, number> {
  path: string;
  /** Refused, unless it says otherwise. */
  nobody?: number;
}

const reading = (path: string): RouteExpectation => ({
  path,
  guest: 403,
  member: 200,
  engineer: 200,
  service: 200,
});

const probe = (path: string): RouteExpectation => ({
  ...reading(path),
  guest: 200,
  nobody: 200,
});

/** Every route of the plugin, by its operation. */
export const ROUTE_TABLE: Readonly<Record<string, RouteExpectation>> = {
  getFleetSummary: reading('/fleet/summary'),
  listClusters: reading('/fleet/clusters'),
  exportClusters: reading('/fleet/clusters.csv'),
  getClusterFacets: reading('/fleet/facets/clusters'),
  getCluster: reading('/fleet/clusters/own-prod'),
  // The first of them is taken, the others come too soon.
  collectCluster: {
    ...reading('/fleet/clusters/own-prod/collect'),
    member: 202,
    engineer: 429,
    service: 429,
  },
  listWorkloads: reading('/fleet/workloads'),
  exportWorkloads: reading('/fleet/workloads.csv'),
  getWorkloadFacets: reading('/fleet/facets/workloads'),
  listUnownedWorkloads: reading('/fleet/unowned'),
  exportUnownedWorkloads: reading('/fleet/unowned.csv'),
  getUnownedFacets: reading('/fleet/facets/unowned'),
  listEntityWorkloads: reading('/fleet/by-entity/component/default/cart'),
  exportEntityWorkloads: reading(
    '/fleet/by-entity/component/default/cart/workloads.csv',
  ),
  listEntityClusters: reading('/fleet/entity-clusters'),
  listCollections: reading('/fleet/collections'),
  exportCollections: reading('/fleet/collections.csv'),
  getHealth: { ...reading('/health'), member: 403 },
  getLiveness: probe('/health/live'),
  getReadiness: probe('/health/ready'),
};
