/** Where the machines of a cluster come from. */
export type Provider = 'eks' | 'gke' | 'aks' | 'on-prem';

/** Something that is wrong in a cluster, staged when it is populated. */
export type Trouble =
  | 'crash-loop'
  | 'image-pull'
  | 'pending-pods'
  | 'not-ready-node'
  | 'cordoned-node'
  | 'blocked-drain'
  | 'hpa-at-max'
  | 'old-ingress-controller'
  | 'removed-apis'
  | 'failed-jobs'
  | 'quota-nearly-used'
  | 'fail-closed-webhook'
  | 'unavailable-api-service'
  | 'unowned-workloads';

/** One cluster of the demo company. */
export interface ClusterPlan {
  name: string;
  environment: 'dev' | 'stage' | 'prod';
  /** Waves of upgrades go by ring. */
  ring: string;
  /** Group that answers for the cluster. */
  owner: string;
  /** What somebody wrote about it in the catalog, right or wrong. */
  catalog?: { ring?: string; maintenanceWindow?: string };
  provider: Provider;
  region: string;
  /** `gitVersion`. */
  version: string;
  /** Of the nodes, where it differs from that of the control plane. */
  kubeletVersion?: string;
  nodes: number;
  /** Systems that run here; all when absent. */
  systems?: readonly string[];
  /** How many of a service's units run here, 1 to 8. */
  depth: number;
  /** Pods per unit, at most. */
  replicas: number;
  troubles: readonly Trouble[];
  gateway?: boolean;
  /** Answers to another cluster's name: same server, same token. */
  alias?: string;
  /** Accepts connections and never answers. */
  unreachable?: boolean;
  /** Resources of the core group that the token must not list. */
  forbidden?: readonly string[];
}

/**
 * Ten names for nine clusters: `shop-dev-old` is `shop-dev` under the name it
 * had before a migration that nobody finished.
 */
export const CLUSTER_PLANS: readonly ClusterPlan[] = Object.freeze([
  {
    name: 'play-dev',
    environment: 'dev',
    ring: '0',
    owner: 'team-core',
    provider: 'gke',
    region: 'europe-west4',
    version: 'v1.36.1-gke.1204000',
    nodes: 3,
    systems: ['growth', 'mobile'],
    depth: 3,
    replicas: 1,
    troubles: ['image-pull', 'unowned-workloads'],
    gateway: true,
  },
  {
    name: 'shop-dev',
    environment: 'dev',
    ring: '0',
    owner: 'team-core',
    provider: 'eks',
    region: 'eu-west-1',
    version: 'v1.36.2-eks-7d9f2b1',
    nodes: 5,
    systems: ['storefront', 'search', 'checkout', 'orders', 'accounts'],
    depth: 3,
    replicas: 1,
    troubles: ['crash-loop', 'failed-jobs'],
    gateway: true,
  },
  {
    name: 'shop-dev-old',
    environment: 'dev',
    ring: '0',
    owner: 'team-core',
    provider: 'eks',
    region: 'eu-west-1',
    version: 'v1.36.2-eks-7d9f2b1',
    nodes: 0,
    depth: 0,
    replicas: 0,
    troubles: [],
    alias: 'shop-dev',
  },
  {
    name: 'shop-stage',
    environment: 'stage',
    ring: '1',
    owner: 'team-core',
    provider: 'aks',
    region: 'westeurope',
    version: 'v1.35.3',
    kubeletVersion: 'v1.34.2',
    nodes: 8,
    systems: [
      'storefront',
      'search',
      'checkout',
      'orders',
      'delivery',
      'accounts',
    ],
    depth: 4,
    replicas: 2,
    troubles: ['cordoned-node', 'hpa-at-max', 'fail-closed-webhook'],
    gateway: true,
  },
  {
    name: 'data-stage',
    environment: 'stage',
    ring: '1',
    owner: 'team-data',
    provider: 'gke',
    region: 'europe-west4',
    version: 'v1.34.5-gke.1153000',
    nodes: 6,
    systems: ['data', 'search'],
    depth: 5,
    replicas: 3,
    troubles: ['quota-nearly-used'],
    forbidden: ['pods'],
  },
  {
    name: 'shop-prod-eu',
    environment: 'prod',
    ring: '2',
    owner: 'team-core',
    provider: 'eks',
    region: 'eu-west-1',
    version: 'v1.34.4-eks-abc1234',
    kubeletVersion: 'v1.33.7-eks-113cf36',
    nodes: 48,
    depth: 7,
    replicas: 10,
    troubles: [
      'crash-loop',
      'pending-pods',
      'not-ready-node',
      'blocked-drain',
      'hpa-at-max',
      'old-ingress-controller',
      'removed-apis',
      'failed-jobs',
      'quota-nearly-used',
      'unowned-workloads',
    ],
    gateway: true,
  },
  {
    name: 'shop-prod-us',
    environment: 'prod',
    catalog: { maintenanceWindow: 'Sun 02:00–06:00 America/New_York' },
    ring: '3',
    owner: 'team-core',
    provider: 'eks',
    region: 'us-east-1',
    version: 'v1.34.6-eks-2f71c0d',
    nodes: 50,
    depth: 7,
    replicas: 10,
    troubles: [
      'image-pull',
      'cordoned-node',
      'hpa-at-max',
      'failed-jobs',
      'fail-closed-webhook',
      'unowned-workloads',
    ],
    gateway: true,
  },
  {
    name: 'pay-prod',
    environment: 'prod',
    // Written when the cluster was still in the ring before the last.
    catalog: { ring: '2', maintenanceWindow: 'Tue 22:00–24:00 Europe/Berlin' },
    ring: '3',
    owner: 'team-pay',
    provider: 'eks',
    region: 'eu-central-1',
    version: 'v1.33.9-eks-5e4a8c7',
    kubeletVersion: 'v1.31.13-eks-113cf36',
    nodes: 12,
    systems: ['payments', 'billing'],
    depth: 7,
    replicas: 4,
    troubles: ['blocked-drain', 'old-ingress-controller'],
  },
  {
    name: 'legacy-prod',
    environment: 'prod',
    ring: '3',
    owner: 'team-billing',
    provider: 'on-prem',
    region: 'dc-north',
    version: 'v1.31.2',
    nodes: 6,
    systems: ['billing', 'delivery'],
    depth: 4,
    replicas: 2,
    troubles: [
      'removed-apis',
      'old-ingress-controller',
      'unavailable-api-service',
      'crash-loop',
      'unowned-workloads',
    ],
  },
  {
    name: 'edge-prod',
    environment: 'prod',
    ring: '3',
    owner: 'team-delivery',
    provider: 'on-prem',
    region: 'edge-west',
    version: 'v1.33.4',
    nodes: 3,
    systems: ['delivery'],
    depth: 2,
    replicas: 1,
    troubles: [],
    unreachable: true,
  },
] satisfies ClusterPlan[]);
