import type {
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import { conditions, managed, observed } from './metadata';
import {
  compact,
  compactAll,
  flag,
  pickQuantities,
  record,
  records,
  text,
  textMap,
} from './projection';

/** Labels that say where a node is, what it is and which pool it belongs to. */
const NODE_LABELS: ReadonlySet<string> = new Set([
  'node.kubernetes.io/instance-type',
  'kubernetes.io/arch',
  'kubernetes.io/os',
  'eks.amazonaws.com/nodegroup',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'karpenter.sh/nodepool',
]);
const NODE_LABEL_PREFIXES = [
  'topology.kubernetes.io/',
  'node-role.kubernetes.io/',
];
const RESOURCES = ['cpu', 'memory', 'pods'];

function nodeDoc(object: KubernetesObject) {
  const metadata = record(object.metadata);
  const spec = record(object.spec);
  const status = record(object.status);
  const info = record(status.nodeInfo);
  return compact({
    labels: textMap(
      metadata.labels,
      key =>
        NODE_LABELS.has(key) ||
        NODE_LABEL_PREFIXES.some(prefix => key.startsWith(prefix)),
    ),
    providerID: text(spec.providerID),
    unschedulable: flag(spec.unschedulable) ?? false,
    taints: compactAll(
      records(spec.taints).map(taint => ({
        key: text(taint.key, 317),
        effect: text(taint.effect, 32),
      })),
    ),
    kubeletVersion: text(info.kubeletVersion, 64),
    kubeProxyVersion: text(info.kubeProxyVersion, 64),
    containerRuntimeVersion: text(info.containerRuntimeVersion, 64),
    osImage: text(info.osImage, 128),
    kernelVersion: text(info.kernelVersion, 128),
    architecture: text(info.architecture, 32),
    operatingSystem: text(info.operatingSystem, 32),
    capacity: pickQuantities(status.capacity, RESOURCES),
    allocatable: pickQuantities(status.allocatable, RESOURCES),
    conditions: conditions(status),
    createdAt: text(metadata.creationTimestamp, 32),
    managed: managed(object, { statusTimes: false }),
  });
}

/** Nodes; their images, addresses and heartbeats are left out. */
export const nodeCollector: ListCollector = {
  type: 'list',
  id: 'nodes',
  title: 'Nodes',
  cadence: { minutes: 5 },
  resource: {
    group: '',
    versions: ['v1'],
    resource: 'nodes',
    kind: 'Node',
    namespaced: false,
  },
  verbs: ['list'],
  body: 'full',
  project: object => observed(object, nodeDoc(object)),
};
