import { node, type NodeOptions } from '../builders/node';
import { suffix } from '../builders/meta';
import type { KubernetesObject } from '../kubernetes';
import type { ClusterPlan, Provider } from './clusterPlans';

const DAY = 24 * 3_600_000;

/** Instance types of node pools, general first. */
const INSTANCE_TYPES: Readonly<Record<Provider, readonly string[]>> = {
  eks: ['m7i.xlarge', 'm7g.xlarge', 'r7i.2xlarge'],
  gke: ['n2-standard-4', 'c3-standard-8'],
  aks: ['Standard_D4s_v5', 'Standard_E8s_v5'],
  'on-prem': ['poweredge-r650'],
};

const SIZES: Readonly<Record<string, { cpu: string; memory: string }>> = {
  'r7i.2xlarge': { cpu: '8', memory: '64Gi' },
  'c3-standard-8': { cpu: '8', memory: '32Gi' },
  Standard_E8s_v5: { cpu: '8', memory: '64Gi' },
  'poweredge-r650': { cpu: '32', memory: '256Gi' },
};

/** The machines of a cluster, spread over pools and zones. */
export function nodesOf(plan: ClusterPlan, now: number): KubernetesObject[] {
  return Array.from({ length: plan.nodes }, (_, index) =>
    node(nodeOptions(plan, index, now)),
  );
}

/** One machine of a cluster; the same number gives the same machine. */
export function nodeOptions(
  plan: ClusterPlan,
  index: number,
  now: number,
): NodeOptions {
  const types = INSTANCE_TYPES[plan.provider];
  const instanceType = types[index % 5 < 3 ? 0 : index % types.length];
  const zone = zoneOf(plan, index % 3);
  const id = suffix(`${plan.name}/node/${index}`, 10);
  const troubled = (trouble: 'not-ready-node' | 'cordoned-node', at: number) =>
    index === at && plan.troubles.includes(trouble);
  return {
    ...identityOf(plan, index, id, zone),
    instanceType,
    region: plan.region,
    zone,
    architecture: instanceType.startsWith('m7g') ? 'arm64' : 'amd64',
    ...(SIZES[instanceType] ?? { cpu: '4', memory: '16Gi' }),
    kubeletVersion: plan.kubeletVersion ?? plan.version,
    containerRuntimeVersion: runtimeOf(plan.provider, index),
    osImage: osImageOf(plan.provider),
    kernelVersion:
      plan.provider === 'on-prem' ? '5.15.0-122-generic' : '6.12.37-61.105',
    internalIp: `10.${index % 3}.${Math.floor(index / 3)}.${10 + index}`,
    createdAt: now - (12 + (index % 40)) * DAY,
    heartbeatAt: now,
    ready: !troubled('not-ready-node', 4),
    cordoned: troubled('cordoned-node', 2),
  };
}

function identityOf(
  plan: ClusterPlan,
  index: number,
  id: string,
  zone: string,
): Pick<NodeOptions, 'name' | 'providerId' | 'labels'> {
  const pool = index % 5 < 3 ? 'general' : 'memory';
  switch (plan.provider) {
    case 'eks':
      return {
        name: `ip-10-${index % 3}-${Math.floor(index / 3)}-${10 + index}.${
          plan.region
        }.compute.internal`,
        providerId: `aws:///${zone}/i-0${Buffer.from(id)
          .toString('hex')
          .slice(0, 16)}`,
        labels: { 'eks.amazonaws.com/nodegroup': pool },
      };
    case 'gke':
      return {
        name: `gke-${plan.name}-${pool}-${id.slice(0, 8)}-${id.slice(6)}`,
        providerId: `gce://demo-company/${zone}/gke-${
          plan.name
        }-${pool}-${id.slice(0, 8)}-${id.slice(6)}`,
        labels: { 'cloud.google.com/gke-nodepool': pool },
      };
    case 'aks':
      return {
        name: `aks-${pool}-31337-vmss00000${index.toString(36)}`,
        providerId: `azure:///subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mc_${plan.name}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-${pool}-31337-vmss/virtualMachines/${index}`,
        labels: { 'kubernetes.azure.com/agentpool': pool },
      };
    default:
      return { name: `${plan.name}-${String(index + 1).padStart(2, '0')}` };
  }
}

function zoneOf(plan: ClusterPlan, index: number): string {
  const letter = 'abc'[index];
  switch (plan.provider) {
    case 'eks':
      return `${plan.region}${letter}`;
    case 'aks':
      return `${plan.region}-${index + 1}`;
    default:
      return `${plan.region}-${letter}`;
  }
}

/** A few machines were left behind with a runtime that is near its end. */
function runtimeOf(provider: Provider, index: number): string {
  if (provider === 'on-prem') return 'containerd://1.6.28';
  return index % 7 === 6 ? 'containerd://1.7.27' : 'containerd://2.1.5';
}

function osImageOf(provider: Provider): string {
  switch (provider) {
    case 'eks':
      return 'Amazon Linux 2023.9.20251014';
    case 'gke':
      return 'Container-Optimized OS from Google';
    default:
      return 'Ubuntu 22.04.5 LTS';
  }
}
