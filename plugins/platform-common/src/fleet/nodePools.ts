import type { NodePool } from './clusterSchemas';
import { isNodeReady, type NodeFacts } from './nodeFacts';

/** Labels that name a node's pool, the most specific first. */
const POOL_LABELS = [
  'eks.amazonaws.com/nodegroup',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'karpenter.sh/nodepool',
  'agentpool',
];

const INSTANCE_TYPE = 'node.kubernetes.io/instance-type';
const ZONE = 'topology.kubernetes.io/zone';
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/**
 * The nodes of a cluster by pool, the largest pool first.
 *
 * @remarks
 * The pool is the provider's label, else `control-plane` by the node's role,
 * else the instance type, else `nodes`.
 *
 * @public
 */
export function nodePools(nodes: NodeFacts[]): NodePool[] {
  const members = new Map<string, NodeFacts[]>();
  for (const node of nodes) {
    const name = poolName(node.labels ?? {});
    members.set(name, [...(members.get(name) ?? []), node]);
  }
  return [...members]
    .map(([name, pool]) => describePool(name, pool))
    .sort((a, b) => b.nodes - a.nodes || (a.name < b.name ? -1 : 1));
}

function poolName(labels: Record<string, string>): string {
  const label = POOL_LABELS.find(key => labels[key]);
  if (label) return labels[label];
  if (CONTROL_PLANE in labels) return 'control-plane';
  return labels[INSTANCE_TYPE] ?? 'nodes';
}

function describePool(name: string, nodes: NodeFacts[]): NodePool {
  const kubeletVersions: Record<string, number> = {};
  for (const { kubeletVersion } of nodes) {
    const version = kubeletVersion ?? 'unknown';
    kubeletVersions[version] = (kubeletVersions[version] ?? 0) + 1;
  }
  return {
    name,
    nodes: nodes.length,
    ready: nodes.filter(isNodeReady).length,
    cordoned: nodes.filter(({ unschedulable }) => unschedulable).length,
    kubeletVersions,
    instanceTypes: valuesOf(nodes, INSTANCE_TYPE),
    zones: valuesOf(nodes, ZONE),
  };
}

function valuesOf(nodes: NodeFacts[], label: string): string[] {
  return [...new Set(nodes.flatMap(node => node.labels?.[label] ?? []))].sort();
}
