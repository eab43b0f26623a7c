import {
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  Cluster,
  ClusterDetail,
  FleetSummary,
  Health,
  PlatformApi,
} from '@roadbed/backstage-plugin-platform-common';
import type {
  ClustersQuery,
  CollectionsQuery,
  WorkloadsQuery,
} from '../src/api/platformApiRef';
import {
  aCluster,
  clusters,
  collectionsOf,
  detailOf,
  summaryOf,
  workloads,
} from './fixtures';

/** The situations that every page must be looked at in. */
export type Situation =
  | 'mixed'
  | 'healthy'
  | 'collecting'
  | 'empty'
  | 'forbidden'
  | 'broken';

/** The fleet of a situation. */
function fleetOf(situation: Situation): Cluster[] {
  switch (situation) {
    case 'empty':
      return [];
    case 'healthy':
      return clusters.filter(({ state }) => state === 'fresh');
    case 'collecting':
      return clusters.map((cluster, index) =>
        index < 4
          ? cluster
          : aCluster({
              name: cluster.name,
              state: 'collecting',
              ageSeconds: null,
            }),
      );
    default:
      return clusters;
  }
}

type Query = { limit?: unknown; cursor?: string };

function contains(values: unknown, value: string | undefined): boolean {
  const wanted = values as string[] | undefined;
  return !wanted || wanted.length === 0 || wanted.includes(value ?? 'unknown');
}

/** Pages by offset: a fixture's cursor says where the page starts. */
function pageOf<T>(items: T[], query: Query) {
  const limit = Number(query.limit ?? 50);
  const start = Number(query.cursor ?? 0);
  const end = start + limit;
  return {
    items: items.slice(start, end),
    pageInfo: {
      nextCursor: end < items.length ? String(end) : undefined,
      previousCursor:
        start > 0 ? String(Math.max(0, start - limit)) : undefined,
    },
    totalItems: items.length,
  };
}

function sorted<T>(items: T[], key: (item: T) => string, order = 'asc'): T[] {
  const ascending = [...items].sort((a, b) =>
    key(a).localeCompare(key(b), undefined, { numeric: true }),
  );
  return order === 'desc' ? ascending.reverse() : ascending;
}

/** The API over the fixture fleet, for the development pages and the tests. */
export class FixtureApi implements PlatformApi {
  readonly #situation: Situation;

  constructor(situation: Situation = 'mixed') {
    this.#situation = situation;
  }

  async getFleetSummary(): Promise<FleetSummary> {
    const fleet = this.#read();
    return {
      ...summaryOf(fleet),
      ...(this.#situation === 'collecting' && {
        firstCollection: {
          clustersDone: 4,
          clustersTotal: 10,
          jobsDone: 61,
          jobsTotal: 140,
          objects: 12_840,
        },
      }),
    };
  }

  async listClusters(query: ClustersQuery = {}) {
    const matching = this.#read().filter(
      ({ name, state, attributes, version }) =>
        name.includes(query.q ?? '') &&
        contains(query.environment, attributes.environment?.value) &&
        contains(query.provider, attributes.provider?.value) &&
        contains(query.minor, version?.minor) &&
        contains(query.state, state),
    );
    const keys: Record<string, (cluster: Cluster) => string> = {
      version: ({ version }) => version?.gitVersion ?? '',
      nodes: ({ nodes }) => String(nodes?.total ?? 0),
      workloads: row => String(row.workloads?.total ?? 0),
      state: ({ state }) => state,
      oldestDataAt: ({ oldestDataAt }) => oldestDataAt ?? '',
    };
    const key = keys[query.sort ?? ''] ?? (({ name }) => name);
    return pageOf(sorted(matching, key, query.order), query);
  }

  async getCluster({ id }: { id: string }): Promise<ClusterDetail> {
    const cluster = this.#read().find(({ name }) => name === id);
    if (!cluster) {
      throw new NotFoundError(`No cluster is called "${id}"`);
    }
    return detailOf(cluster);
  }

  async listWorkloads(query: WorkloadsQuery = {}) {
    const fleet = new Set(this.#read().map(({ name }) => name));
    const matching = workloads.filter(
      row =>
        fleet.has(row.cluster) &&
        row.name.includes(query.q ?? '') &&
        contains(query.cluster, row.cluster) &&
        contains(query.namespace, row.namespace) &&
        contains(query.kind, row.kind) &&
        contains(query.status, row.status),
    );
    const key = (row: (typeof workloads)[number]) => row[query.sort ?? 'name'];
    return pageOf(sorted(matching, key, query.order), query);
  }

  async listCollections(query: CollectionsQuery = {}) {
    const [cluster] = (query.cluster as string[] | undefined) ?? [''];
    const rows = collectionsOf(cluster).filter(({ outcome }) =>
      contains(query.outcome, outcome),
    );
    return pageOf(this.#read().length > 0 ? rows : [], query);
  }

  async exportClusters(): Promise<string> {
    return this.#notYet();
  }

  async exportWorkloads(): Promise<string> {
    return this.#notYet();
  }

  async exportUnownedWorkloads(): Promise<string> {
    return this.#notYet();
  }

  async exportEntityWorkloads(): Promise<string> {
    return this.#notYet();
  }

  async exportCollections(): Promise<string> {
    return this.#notYet();
  }

  async getClusterFacets() {
    return this.#notYet();
  }

  async getWorkloadFacets() {
    return this.#notYet();
  }

  async getUnownedFacets() {
    return this.#notYet();
  }

  async collectCluster() {
    return this.#notYet();
  }

  async listUnownedWorkloads() {
    return this.#notYet();
  }

  async listEntityWorkloads() {
    return this.#notYet();
  }

  async listEntityClusters() {
    return this.#notYet();
  }

  #notYet(): never {
    throw new NotImplementedError('The fixture fleet does not answer this yet');
  }

  async getHealth(): Promise<Health> {
    throw new ServiceUnavailableError('The fixture fleet has no backend');
  }

  #read(): Cluster[] {
    if (this.#situation === 'forbidden') {
      throw new NotAllowedError('Unauthorized');
    }
    if (this.#situation === 'broken') {
      throw new ServiceUnavailableError('The database does not answer');
    }
    return fleetOf(this.#situation);
  }
}
