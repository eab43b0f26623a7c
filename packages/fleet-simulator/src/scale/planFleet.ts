import { InputError } from '@backstage/errors';
import { mix, share } from './hashing';

/** How large a generated fleet is. */
export interface FleetSize {
  clusters: number;
  /** In all clusters together. */
  workloads: number;
  /** In all clusters together. */
  pods: number;
  /** Equal seeds give equal fleets. */
  seed: number;
}

/** One cluster of a generated fleet: what is written of it and how much is in it. */
export interface ScalePlan {
  name: string;
  environment: 'dev' | 'stage' | 'prod';
  ring: string;
  /** Name of the group that answers for it. */
  owner: string;
  provider: 'eks' | 'gke' | 'aks';
  region: string;
  /** `gitVersion`. */
  version: string;
  /** Everything in the cluster follows from it. */
  seed: number;
  workloads: number;
  pods: number;
  nodes: number;
  namespaces: number;
  /** Workloads in the clusters before it: where the cycle of services goes on. */
  offset: number;
}

/** How many groups own services and clusters. */
export const TEAMS = 40;

/** How many service names there are. */
export const SERVICES = 1_000;

const WORKLOADS_PER_NAMESPACE = 10;
const PODS_PER_NODE = 50;
const MOST_PODS_PER_WORKLOAD = 1_000;
const ENVIRONMENTS = ['dev', 'stage', 'prod', 'prod'] as const;
const PROVIDERS = ['eks', 'gke', 'aks'] as const;
const REGIONS = {
  eks: ['eu-west-1', 'us-east-1', 'ap-southeast-2'],
  gke: ['europe-west4', 'us-central1', 'asia-east1'],
  aks: ['westeurope', 'eastus2', 'southeastasia'],
} as const;
const NEWEST_MINOR = 36;
const MINORS = 6;

/** `team-01` of 0, in a cycle. */
export function teamName(index: number): string {
  return `team-${String((index % TEAMS) + 1).padStart(2, '0')}`;
}

/** `service-0001` of 0. */
export function serviceName(index: number): string {
  return `service-${String(index + 1).padStart(4, '0')}`;
}

/**
 * Divides workloads and pods over clusters of different sizes, from a third
 * to three times the average; the sums are exact.
 *
 * @throws InputError for sizes that cannot be divided so
 */
export function planFleet(size: FleetSize): ScalePlan[] {
  check(size);
  const weights = Array.from({ length: size.clusters }, (_, index) =>
    Math.pow(3, 2 * share(size.seed, index) - 1),
  );
  const workloads = divide(size.workloads, weights);
  const pods = divide(size.pods, workloads);
  let offset = 0;
  return workloads.map((count, index) => {
    const plan = { ...describe(index, size.seed), offset, workloads: count };
    offset += count;
    return {
      ...plan,
      pods: pods[index],
      nodes: Math.max(3, Math.ceil(pods[index] / PODS_PER_NODE)),
      namespaces: Math.ceil(count / WORKLOADS_PER_NAMESPACE),
    };
  });
}

function describe(index: number, seed: number) {
  const provider = PROVIDERS[index % PROVIDERS.length];
  const regions = REGIONS[provider];
  const minor = NEWEST_MINOR - (mix(seed, index, 1) % MINORS);
  return {
    name: `c-${String(index + 1).padStart(4, '0')}`,
    environment: ENVIRONMENTS[index % ENVIRONMENTS.length],
    ring: String(1 + (Math.floor(index / ENVIRONMENTS.length) % 3)),
    owner: teamName(index),
    provider,
    region: regions[mix(seed, index, 2) % regions.length],
    version: versionOf(provider, `v1.${minor}.${mix(seed, index, 3) % 5}`),
    seed: mix(seed, index, 4),
  };
}

function versionOf(provider: ScalePlan['provider'], version: string): string {
  switch (provider) {
    case 'eks':
      return `${version}-eks-7d9f2b1`;
    case 'gke':
      return `${version}-gke.1204000`;
    default:
      return version;
  }
}

/** Whole parts in proportion to weights, at least one each, that add up to the total. */
function divide(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((before, weight) => before + weight, 0);
  const spare = total - weights.length;
  let seen = 0;
  let given = 0;
  return weights.map(weight => {
    seen += weight;
    const upTo = Math.round((spare * seen) / sum);
    const part = 1 + upTo - given;
    given = upTo;
    return part;
  });
}

function check({ clusters, workloads, pods, seed }: FleetSize): void {
  for (const [name, value] of Object.entries({ clusters, workloads, pods })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InputError(`"${name}" must be a whole number above 0`);
    }
  }
  if (!Number.isSafeInteger(seed)) {
    throw new InputError('"seed" must be a whole number');
  }
  if (workloads < clusters || pods < workloads) {
    throw new InputError(
      `There must be as many workloads as clusters or more (${clusters}), and as many pods as workloads or more; got ${workloads} workloads and ${pods} pods`,
    );
  }
  if (pods > workloads * MOST_PODS_PER_WORKLOAD) {
    throw new InputError(
      `There can be ${MOST_PODS_PER_WORKLOAD} pods per workload at most; got ${pods} pods of ${workloads} workloads`,
    );
  }
}
