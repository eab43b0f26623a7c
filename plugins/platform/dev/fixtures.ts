import type {
  Cluster,
  ClusterDetail,
  ClusterReason,
  Collection,
  Coverage,
  FleetSummary,
  Workload,
} from '@roadbed/backstage-plugin-platform-common';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An instant that many seconds before this module was loaded. */
export function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

interface ClusterSketch {
  name: string;
  environment?: string;
  ring?: string;
  provider?: string;
  region?: string;
  version?: string;
  nodes?: [ready: number, total: number];
  workloads?: [notReady: number, total: number];
  pods?: [ready: number, total: number] | null;
  state?: Cluster['state'];
  reasons?: ClusterReason[];
  ageSeconds?: number | null;
}

function attribute(value: string | undefined, origin: 'config' | 'cluster') {
  return value === undefined ? undefined : { value, origin };
}

/** A cluster as the API answers it, from its telling parts. */
export function aCluster(sketch: ClusterSketch): Cluster {
  const { name, version, nodes, workloads, pods, ageSeconds = 40 } = sketch;
  const at = ageSeconds === null ? null : secondsAgo(ageSeconds);
  return {
    id: name,
    name,
    state: sketch.state ?? 'fresh',
    reasons: sketch.reasons ?? [],
    attributes: {
      environment: attribute(sketch.environment, 'config'),
      ring: attribute(sketch.ring, 'config'),
      provider: attribute(sketch.provider, 'cluster'),
      region: attribute(sketch.region, 'cluster'),
      owner: attribute('group:default/platform-core', 'config'),
    },
    version: version
      ? {
          gitVersion: version,
          minor: /1\.\d+/.exec(version)![0],
          emulated: false,
        }
      : null,
    support: {
      state: version ? 'supported' : 'unknown',
      calendar: 'upstream',
      nextEnd: version ? { kind: 'standard', date: '2027-06-28' } : null,
      conflict: false,
    },
    entityRef: `resource:default/${name}`,
    nodes: nodes ? { ready: nodes[0], total: nodes[1] } : null,
    namespaces: nodes ? 24 : null,
    workloads: workloads
      ? { notReady: workloads[0], total: workloads[1] }
      : null,
    pods: pods ? { ready: pods[0], total: pods[1] } : null,
    oldestDataAt: at,
    newestDataAt: at,
  };
}

const unreachable: ClusterReason = {
  code: 'connect_timeout',
  message: 'The API server did not answer within 10 s, 14 times in a row.',
  remedy: 'Check the network between the portal and the cluster.',
  since: secondsAgo(5 * HOUR),
};

const podsForbidden: ClusterReason = {
  code: 'forbidden',
  collector: 'pods',
  message: 'Pods are not collected: the cluster forbids to list pods.',
  remedy: 'Add the missing rule to the ClusterRole.',
};

const lateNodes: ClusterReason = {
  code: 'stale',
  collector: 'nodes',
  message: 'Nodes were last collected completely 42 min ago.',
  remedy: 'See the last runs for what went wrong.',
};

/** A fleet with a cluster in every state that needs somebody. */
export const clusters: Cluster[] = [
  aCluster({
    name: 'shop-prod-eu',
    environment: 'prod',
    ring: '2',
    provider: 'EKS',
    region: 'eu-west-1',
    version: 'v1.34.4-eks-2fdfd3d',
    nodes: [48, 48],
    workloads: [2, 412],
    pods: [1893, 1901],
  }),
  aCluster({
    name: 'shop-prod-us',
    environment: 'prod',
    ring: '3',
    provider: 'EKS',
    region: 'us-east-1',
    version: 'v1.34.6-eks-2fdfd3d',
    nodes: [50, 51],
    workloads: [0, 398],
    pods: [1740, 1740],
    ageSeconds: 70,
  }),
  aCluster({
    name: 'edge-prod',
    environment: 'prod',
    ring: '3',
    provider: 'on-prem',
    state: 'unreachable',
    reasons: [unreachable],
    version: 'v1.33.9',
    nodes: [6, 6],
    workloads: [1, 41],
    pods: [80, 82],
    ageSeconds: 5 * HOUR,
  }),
  aCluster({
    name: 'data-stage',
    environment: 'stage',
    ring: '1',
    provider: 'GKE',
    region: 'europe-west4',
    state: 'partial',
    reasons: [podsForbidden],
    version: 'v1.34.1-gke.1829001',
    nodes: [9, 9],
    workloads: [0, 88],
    pods: null,
    ageSeconds: 100,
  }),
  aCluster({
    name: 'pay-prod',
    environment: 'prod',
    ring: '3',
    provider: 'AKS',
    region: 'westeurope',
    state: 'stale',
    reasons: [lateNodes],
    version: 'v1.33.2',
    nodes: [12, 12],
    workloads: [0, 96],
    pods: [310, 310],
    ageSeconds: 42 * MINUTE,
  }),
  aCluster({
    name: 'legacy-prod',
    environment: 'prod',
    provider: 'on-prem',
    version: 'v1.31.2',
    nodes: [4, 6],
    workloads: [3, 63],
    pods: [120, 131],
    ageSeconds: 150,
  }),
  aCluster({
    name: 'shop-stage',
    environment: 'stage',
    ring: '1',
    provider: 'EKS',
    region: 'eu-west-1',
    version: 'v1.35.1-eks-9a1f1ba',
    nodes: [11, 11],
    workloads: [0, 97],
    pods: [233, 233],
  }),
  aCluster({
    name: 'shop-dev',
    environment: 'dev',
    ring: '0',
    provider: 'EKS',
    region: 'eu-west-1',
    version: 'v1.36.0-eks-77e0c21',
    nodes: [5, 5],
    workloads: [0, 89],
    pods: [140, 140],
  }),
  aCluster({
    name: 'shop-dev-old',
    environment: 'dev',
    state: 'duplicate',
    reasons: [
      {
        code: 'duplicate',
        message: 'Leads to the same cluster as shop-dev.',
        remedy: 'Remove one of the two names from the configuration.',
      },
    ],
    ageSeconds: null,
  }),
  aCluster({
    name: 'lab',
    state: 'not_collectable',
    reasons: [
      {
        code: 'needs_user_token',
        message: 'Its credentials need a token of the user who looks at it.',
        remedy: 'Use a service account for the Kubernetes plugin.',
      },
    ],
    ageSeconds: null,
  }),
];

/** The order in which states need attention, as the API sorts them. */
const WORST_FIRST: Cluster['state'][] = [
  'not_collectable',
  'duplicate',
  'missing',
  'unreachable',
  'collecting',
  'stale',
  'partial',
];

/** The summary that belongs to a list of clusters. */
export function summaryOf(list: Cluster[]): FleetSummary {
  const byState: FleetSummary['clusters']['byState'] = {};
  const byMinor = new Map<string | null, Cluster[]>();
  for (const cluster of list) {
    byState[cluster.state] = (byState[cluster.state] ?? 0) + 1;
    const minor = cluster.version?.minor ?? null;
    byMinor.set(minor, [...(byMinor.get(minor) ?? []), cluster]);
  }
  const sum = (of: (cluster: Cluster) => number | undefined) =>
    list.reduce((total, cluster) => total + (of(cluster) ?? 0), 0);
  const unknown = (of: (cluster: Cluster) => unknown) =>
    list.filter(cluster => of(cluster) === null).length;
  const ages = list.flatMap(({ oldestDataAt }) => oldestDataAt ?? []).sort();
  return {
    asOf: new Date().toISOString(),
    clusters: { total: list.length, byState },
    nodes: {
      total: sum(c => c.nodes?.total),
      ready: sum(c => c.nodes?.ready),
      unknownClusters: unknown(c => c.nodes),
    },
    workloads: {
      total: sum(c => c.workloads?.total),
      notReady: sum(c => c.workloads?.notReady),
      unknownClusters: unknown(c => c.workloads),
    },
    pods: {
      total: sum(c => c.pods?.total),
      ready: sum(c => c.pods?.ready),
      unknownClusters: unknown(c => c.pods),
    },
    ownership: { owned: 128, unowned: 12 },
    catalogIndex: { asOf: new Date().toISOString() },
    support: { supported: list.length },
    oldestDataAt: ages[0] ?? null,
    newestDataAt: ages[ages.length - 1] ?? null,
    versions: [...byMinor].map(([minor, members]) => ({
      minor,
      clusters: members.map(({ name, state, attributes }) => ({
        name,
        state,
        environment: attributes.environment?.value ?? null,
      })),
    })),
    attention: WORST_FIRST.flatMap(state =>
      list
        .filter(cluster => cluster.state === state && cluster.reasons.length)
        .map(({ name, reasons }) => ({
          cluster: name,
          state,
          reason: reasons[0],
        })),
    ),
    clusterList: { asOf: secondsAgo(30) },
  };
}

/** The coverage of a cluster; `pods` is forbidden where the cluster is partial. */
export function coverageOf(cluster: Cluster): Coverage[] {
  const collector = (
    id: string,
    title: string,
    objects: number,
    cadenceSeconds = 300,
  ): Coverage => ({
    collector: id,
    title,
    state: cluster.state === 'stale' ? 'stale' : 'collected',
    objects,
    asOf: cluster.oldestDataAt,
    lastAttemptAt: secondsAgo(40),
    nextDueAt: secondsAgo(-cadenceSeconds),
    cadenceSeconds,
  });
  const pods = collector('pods', 'Pods', cluster.pods?.total ?? 0);
  return [
    collector('discovery', 'Version and APIs', 3, 60),
    collector('nodes', 'Nodes', cluster.nodes?.total ?? 0),
    collector('deployments', 'Deployments', cluster.workloads?.total ?? 0),
    cluster.state === 'partial'
      ? {
          ...pods,
          state: 'not_collected',
          asOf: null,
          problem: {
            code: 'forbidden',
            message: 'pods is forbidden: cannot list at cluster scope',
            missingRule: {
              apiGroups: [''],
              resources: ['pods'],
              verbs: ['list'],
            },
          },
        }
      : pods,
    {
      ...collector('httproutes', 'HTTP routes', 0, HOUR),
      state: 'not_served',
      asOf: null,
    },
  ];
}

/** Everything about one cluster of the list. */
export function detailOf(cluster: Cluster): ClusterDetail {
  const { nodes, version } = cluster;
  return {
    ...cluster,
    support: {
      ...cluster.support,
      calendarTitle: 'Kubernetes',
      calendarAsOf: '2026-08-22',
      ends: [],
      confidence: 'high',
      notes: [],
    },
    access: cluster.state === 'not_collectable' ? null : 'direct',
    identity: {
      uid: version ? '4f1c7a52-20e6-4c0a-9a3f-6f2f0e5f7a11' : null,
      verifiedAt: version ? secondsAgo(5 * MINUTE) : null,
      otherNames: cluster.name === 'shop-dev' ? ['shop-dev-old'] : [],
      previous: [],
    },
    coverage: coverageOf(cluster),
    nodePools:
      nodes && version
        ? [
            {
              name: 'general',
              nodes: nodes.total,
              ready: nodes.ready,
              cordoned: nodes.total - nodes.ready,
              kubeletVersions: { [version.gitVersion]: nodes.total },
              instanceTypes: ['m7i.2xlarge'],
              zones: ['a', 'b', 'c'],
            },
          ]
        : [],
    history: version
      ? [0, 1, 2].map(days => ({
          day: secondsAgo(days * DAY).slice(0, 10),
          version: version.gitVersion,
          nodes: nodes ? nodes.total - (days === 2 ? 1 : 0) : null,
          workloads: cluster.workloads?.total ?? null,
        }))
      : [],
  };
}

const STATUSES: Workload['status'][] = [
  'ready',
  'not_ready',
  'progressing',
  'ready',
  'scaled_down',
  'ready',
  'failed',
];

/** 140 workloads, so that lists have pages. */
export const workloads: Workload[] = Array.from({ length: 140 }, (_, index) => {
  const status = STATUSES[index % STATUSES.length];
  const cluster = clusters[index % 8];
  const desired = status === 'scaled_down' ? 0 : 3;
  const ready = status === 'not_ready' || status === 'failed' ? 1 : desired;
  const name = `service-${String(index).padStart(3, '0')}`;
  return {
    id: `w${index}`,
    cluster: cluster.name,
    namespace: `team-${index % 5}`,
    kind: index % 9 === 0 ? 'StatefulSet' : 'Deployment',
    name,
    status,
    statusMessage:
      status === 'not_ready' ? '2 of 3 pods crash: CrashLoopBackOff.' : null,
    desired,
    ready,
    images: [
      {
        container: 'app',
        image: `registry.example/shop/${name}:4.${index}.2`,
        digests: null,
      },
    ],
    pods: {
      phases: { Running: desired },
      ready,
      restarts: status === 'not_ready' ? 31 : 0,
      nodes: 2,
      reasons: {},
    },
    createdAt: secondsAgo(30 * DAY),
    asOf: cluster.oldestDataAt,
    ownership: 'owned',
    owners: [
      {
        entityRef: `component:default/${name}`,
        ownerRef: `group:default/team-${index % 5}`,
        rule: 'kubernetes-id',
        detail: `label backstage.io/kubernetes-id=${name}`,
      },
    ],
    clusterState: cluster.state,
  };
});

/** The ledger of a cluster. */
export function collectionsOf(cluster: string): Collection[] {
  return Array.from({ length: 20 }, (_, index) => ({
    id: String(index),
    cluster,
    collector: ['pods', 'nodes', 'deployments'][index % 3],
    startedAt: secondsAgo(40 + index * 5 * MINUTE),
    finishedAt: secondsAgo(39 + index * 5 * MINUTE),
    durationMs: 640 + index * 37,
    outcome: index === 2 ? 'error' : 'success',
    objects: 1900,
    pages: 4,
    requests: 4,
    bytes: 1_843_200,
    upserted: index,
    deleted: 0,
    unchanged: 1900 - index,
    resourceVersion: '88123',
    code: index === 2 ? 'connect_timeout' : null,
    message: index === 2 ? 'No answer within 10 s' : null,
    replica: 'portal-0',
    epoch: 7,
  }));
}
