import type {
  Cluster,
  FleetSummary,
  Workload,
} from '@roadbed/backstage-plugin-platform-common';
import {
  aCluster,
  aWorkload,
  clusters,
  secondsAgo,
  summaryOf,
  workloads,
  workloadsOfUnknownOwners,
} from './fixtures';

/** The situations that every page must be looked at in, each in words. */
export const SITUATIONS = {
  mixed: 'A cluster in every state that needs somebody',
  healthy: 'Nothing is wrong',
  collecting: 'The first collection is going on',
  partial: 'No cluster lets Roadbed list pods',
  catalogDown: 'The catalog does not answer; what was read is a day old',
  catalogNeverRead: 'The catalog was never read: ownership is unknown',
  listFailed: 'The list of clusters itself could not be renewed',
  stale: 'The first answers come, later ones fail',
  many: '10,000 workloads',
  empty: 'No clusters yet',
  loading: 'No answer comes',
  forbidden: 'The reader may not see clusters',
  forbiddenCollect: 'The reader may not have clusters collected',
  busyCollect: 'Collecting was asked for a moment ago',
  broken: 'The database does not answer',
} as const;

/** A key of {@link SITUATIONS}. */
export type Situation = keyof typeof SITUATIONS;

/** The situation that `?situation=` of an address asks for; else `mixed`. */
export function situationOf(search: string): Situation {
  const asked = new URLSearchParams(search).get('situation') ?? '';
  return asked in SITUATIONS ? (asked as Situation) : 'mixed';
}

/** The clusters of a situation. */
export function fleetOf(situation: Situation): Cluster[] {
  switch (situation) {
    case 'empty':
      return [];
    case 'healthy':
      return clusters
        .filter(({ state }) => state === 'fresh')
        .map(cluster => ({
          ...cluster,
          support: { ...cluster.support, state: 'supported' },
        }));
    case 'partial':
      return clusters.map(cluster =>
        cluster.state === 'fresh'
          ? { ...cluster, state: 'partial', pods: null }
          : cluster,
      );
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

/** The workloads of a situation. */
export function workloadsOf(situation: Situation): Workload[] {
  switch (situation) {
    case 'many':
      return Array.from({ length: 10_000 }, (_, index) => aWorkload(index));
    case 'catalogNeverRead':
      return workloadsOfUnknownOwners;
    default: {
      const names = new Set(fleetOf(situation).map(({ name }) => name));
      return workloads.filter(({ cluster }) => names.has(cluster));
    }
  }
}

/** How far the copy of the catalog can be trusted in a situation. */
export function catalogIndexOf(
  situation: Situation,
): FleetSummary['catalogIndex'] {
  switch (situation) {
    case 'catalogDown':
      return {
        asOf: secondsAgo(24 * 60 * 60),
        error: 'The catalog answered 503 Service Unavailable',
      };
    case 'catalogNeverRead':
      return { asOf: null };
    default:
      return { asOf: secondsAgo(120) };
  }
}

/** The summary of a situation. */
export function summaryOfSituation(situation: Situation): FleetSummary {
  return {
    ...summaryOf(fleetOf(situation)),
    catalogIndex: catalogIndexOf(situation),
    ...(situation === 'catalogNeverRead' && { ownership: null }),
    ...(situation === 'healthy' && { ownership: { owned: 128, unowned: 0 } }),
    ...(situation === 'listFailed' && {
      clusterList: {
        asOf: secondsAgo(60 * 60),
        error: 'The Kubernetes plugin answered 503 Service Unavailable',
      },
    }),
    ...(situation === 'collecting' && {
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
