import { age } from './age';
import type { TableColumn } from './ResourceType';

type Cell = TableColumn['cell'];

const text = (name: string, cell: Cell, wide?: 'wide'): TableColumn => ({
  name,
  type: 'string',
  priority: wide ? 1 : 0,
  cell,
});
const integer = (name: string, cell: Cell): TableColumn => ({
  name,
  type: 'integer',
  cell,
});

const NONE = '<none>';

function labelSelector(selector: any): string {
  const labels = Object.entries(selector?.matchLabels ?? {});
  return labels.map(([key, value]) => `${key}=${value}`).join(',') || NONE;
}

function keyValues(labels: Record<string, string> | undefined): string {
  const pairs = Object.entries(labels ?? {});
  return pairs.map(([key, value]) => `${key}=${value}`).join(',') || NONE;
}

/** Names and images of a pod template, shown with `-o wide`. */
function templateColumns(template: (object: any) => any): TableColumn[] {
  const joined =
    (field: string): Cell =>
    object =>
      (template(object)?.spec?.containers ?? [])
        .map((container: any) => container[field])
        .join(',');
  return [
    text('Containers', joined('name'), 'wide'),
    text('Images', joined('image'), 'wide'),
  ];
}

const ofTemplate = templateColumns(object => object.spec?.template);
const selector = text('Selector', o => labelSelector(o.spec?.selector), 'wide');
const created: Cell = (object, now) =>
  age(object.metadata.creationTimestamp, now);

function podStatus(pod: any): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const waiting = (pod.status?.containerStatuses ?? [])
    .map((c: any) => c.state?.waiting?.reason ?? c.state?.terminated?.reason)
    .find(Boolean);
  return waiting ?? pod.status?.reason ?? pod.status?.phase ?? 'Unknown';
}

function nodeStatus(node: any): string {
  const ready = (node.status?.conditions ?? []).find(
    (condition: any) => condition.type === 'Ready',
  );
  const word = ready?.status === 'True' ? 'Ready' : 'NotReady';
  return node.spec?.unschedulable ? `${word},SchedulingDisabled` : word;
}

function nodeRoles(node: any): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter(label => label.startsWith(prefix))
    .map(label => label.slice(prefix.length));
  return roles.join(',') || NONE;
}

const nodeInfo =
  (field: string): Cell =>
  node =>
    node.status?.nodeInfo?.[field] ?? '<unknown>';
const nodeAddress =
  (type: string): Cell =>
  node =>
    (node.status?.addresses ?? []).find((a: any) => a.type === type)?.address ??
    NONE;

/** Columns of the core group, as the real server prints them. */
export const coreColumns = {
  configMap: [
    integer('Data', o => Object.keys({ ...o.data, ...o.binaryData }).length),
  ],
  namespace: [text('Status', o => o.status?.phase ?? 'Active')],
  node: [
    text('Status', nodeStatus),
    text('Roles', nodeRoles),
    text('Age', created),
    text('Version', nodeInfo('kubeletVersion')),
    text('Internal-IP', nodeAddress('InternalIP'), 'wide'),
    text('External-IP', nodeAddress('ExternalIP'), 'wide'),
    text('OS-Image', nodeInfo('osImage'), 'wide'),
    text('Kernel-Version', nodeInfo('kernelVersion'), 'wide'),
    text('Container-Runtime', nodeInfo('containerRuntimeVersion'), 'wide'),
  ],
  persistentVolumeClaim: [
    text('Status', o => o.status?.phase ?? 'Pending'),
    text('Volume', o => o.spec?.volumeName ?? ''),
    text('Capacity', o => o.status?.capacity?.storage ?? ''),
    text('StorageClass', o => o.spec?.storageClassName ?? ''),
  ],
  pod: [
    text('Ready', o => {
      const statuses: any[] = o.status?.containerStatuses ?? [];
      const ready = statuses.filter(status => status.ready).length;
      return `${ready}/${o.spec?.containers?.length ?? 0}`;
    }),
    text('Status', podStatus),
    text('Restarts', o =>
      String(
        (o.status?.containerStatuses ?? []).reduce(
          (sum: number, status: any) => sum + (status.restartCount ?? 0),
          0,
        ),
      ),
    ),
    text('Age', created),
    text('IP', o => o.status?.podIP ?? NONE, 'wide'),
    text('Node', o => o.spec?.nodeName ?? NONE, 'wide'),
    text('Nominated Node', o => o.status?.nominatedNodeName ?? NONE, 'wide'),
    text('Readiness Gates', () => NONE, 'wide'),
  ],
  secret: [
    text('Type', o => o.type ?? 'Opaque'),
    integer('Data', o => Object.keys(o.data ?? {}).length),
  ],
  service: [
    text('Type', o => o.spec?.type ?? 'ClusterIP'),
    text('Cluster-IP', o => o.spec?.clusterIP ?? NONE),
    text('External-IP', o => o.spec?.externalIPs?.join(',') ?? NONE),
    text('Port(s)', o =>
      (o.spec?.ports ?? [])
        .map((port: any) => `${port.port}/${port.protocol ?? 'TCP'}`)
        .join(','),
    ),
    text('Age', created),
    text('Selector', o => keyValues(o.spec?.selector), 'wide'),
  ],
} satisfies Record<string, TableColumn[]>;

const desired: Cell = o => o.spec?.replicas ?? 1;
const ready: Cell = o => o.status?.readyReplicas ?? 0;

/** Columns of the apps group. */
export const appsColumns = {
  daemonSet: [
    integer('Desired', o => o.status?.desiredNumberScheduled ?? 0),
    integer('Current', o => o.status?.currentNumberScheduled ?? 0),
    integer('Ready', o => o.status?.numberReady ?? 0),
    integer('Up-to-date', o => o.status?.updatedNumberScheduled ?? 0),
    integer('Available', o => o.status?.numberAvailable ?? 0),
    text('Node Selector', o => keyValues(o.spec?.template?.spec?.nodeSelector)),
    text('Age', created),
    ...ofTemplate,
    selector,
  ],
  deployment: [
    text('Ready', (o, now) => `${ready(o, now)}/${desired(o, now)}`),
    integer('Up-to-date', o => o.status?.updatedReplicas ?? 0),
    integer('Available', o => o.status?.availableReplicas ?? 0),
    text('Age', created),
    ...ofTemplate,
    selector,
  ],
  replicaSet: [
    integer('Desired', desired),
    integer('Current', o => o.status?.replicas ?? 0),
    integer('Ready', ready),
    text('Age', created),
    ...ofTemplate,
    selector,
  ],
  statefulSet: [
    text('Ready', (o, now) => `${ready(o, now)}/${desired(o, now)}`),
    text('Age', created),
    ...ofTemplate,
  ],
} satisfies Record<string, TableColumn[]>;

/** Columns of the batch group. */
export const batchColumns = {
  cronJob: [
    text('Schedule', o => o.spec?.schedule ?? ''),
    text('Timezone', o => o.spec?.timeZone ?? NONE),
    text('Suspend', o => (o.spec?.suspend ? 'True' : 'False')),
    integer('Active', o => o.status?.active?.length ?? 0),
    text('Last Schedule', (o, now) =>
      o.status?.lastScheduleTime ? age(o.status.lastScheduleTime, now) : NONE,
    ),
    text('Age', created),
    ...templateColumns(o => o.spec?.jobTemplate?.spec?.template),
  ],
  job: [
    text('Status', o => {
      const is = (type: string) =>
        (o.status?.conditions ?? []).some(
          (c: any) => c.type === type && c.status === 'True',
        );
      if (is('Complete')) return 'Complete';
      if (is('Failed')) return 'Failed';
      return is('Suspended') ? 'Suspended' : 'Running';
    }),
    text(
      'Completions',
      o => `${o.status?.succeeded ?? 0}/${o.spec?.completions ?? 1}`,
    ),
    text('Age', created),
    ...ofTemplate,
  ],
} satisfies Record<string, TableColumn[]>;

/** Columns of the remaining groups. */
export const otherColumns = {
  apiService: [
    text('Service', o =>
      o.spec?.service
        ? `${o.spec.service.namespace}/${o.spec.service.name}`
        : 'Local',
    ),
    text('Available', o => o.status?.conditions?.[0]?.status ?? 'Unknown'),
  ],
  customResourceDefinition: [
    text('Created At', o => o.metadata.creationTimestamp),
  ],
  horizontalPodAutoscaler: [
    text('Reference', o => {
      const target = o.spec?.scaleTargetRef ?? {};
      return `${target.kind}/${target.name}`;
    }),
    text('MinPods', o => String(o.spec?.minReplicas ?? '<unset>')),
    integer('MaxPods', o => o.spec?.maxReplicas),
    integer('Replicas', o => o.status?.currentReplicas ?? 0),
  ],
  httpRoute: [text('Hostnames', o => JSON.stringify(o.spec?.hostnames ?? []))],
  ingress: [
    text('Class', o => o.spec?.ingressClassName ?? NONE),
    text('Hosts', o =>
      (o.spec?.rules ?? []).map((rule: any) => rule.host ?? '*').join(','),
    ),
    text('Ports', o => (o.spec?.tls ? '80, 443' : '80')),
  ],
  networkPolicy: [
    text('Pod-Selector', o => labelSelector(o.spec?.podSelector)),
  ],
  podDisruptionBudget: [
    text('Min Available', o => String(o.spec?.minAvailable ?? 'N/A')),
    text('Max Unavailable', o => String(o.spec?.maxUnavailable ?? 'N/A')),
    integer('Allowed Disruptions', o => o.status?.disruptionsAllowed ?? 0),
  ],
  webhookConfiguration: [integer('Webhooks', o => o.webhooks?.length ?? 0)],
} satisfies Record<string, TableColumn[]>;
