import type { KubernetesMinor } from '../control-plane/minor';
import type { NodeSpec } from '../control-plane/nodes';

/** A cluster of the real fleet, before it is started. */
export interface ClusterPlan {
  name: string;
  minor: KubernetesMinor;
  environment: string;
  ring: string;
  /** Entity reference of the owning group in the demo catalog. */
  owner: string;
  nodes: NodeSpec[];
  /** Replicas of an ordinary service. */
  replicas: number;
}

const instanceTypeLabel = 'node.kubernetes.io/instance-type';

function topology(region: string, zone: string): Record<string, string> {
  return {
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': zone,
  };
}

function awsNode(index: number, kubeletVersion: string): NodeSpec {
  const zone = `eu-central-1${'abc'[index % 3]}`;
  return {
    name: `ip-10-0-${index}-17.eu-central-1.compute.internal`,
    kubeletVersion,
    providerID: `aws:///${zone}/i-0a1b2c3d4e5f6070${index}`,
    labels: {
      ...topology('eu-central-1', zone),
      'eks.amazonaws.com/nodegroup': 'general',
      [instanceTypeLabel]: 'm7i.2xlarge',
    },
    osImage: 'Amazon Linux 2023.9.20261105',
  };
}

function googleNode(index: number, kubeletVersion: string): NodeSpec {
  const zone = `europe-west4-${'abc'[index % 3]}`;
  const name = `gke-real-stage-general-3f9c-${index}`;
  return {
    name,
    kubeletVersion,
    providerID: `gce://roadbed-stage/${zone}/${name}`,
    labels: {
      ...topology('europe-west4', zone),
      'cloud.google.com/gke-nodepool': 'general',
      [instanceTypeLabel]: 'n2-standard-8',
    },
    osImage: 'Container-Optimized OS from Google',
  };
}

function azureNode(index: number, kubeletVersion: string): NodeSpec {
  const zone = `westeurope-${index + 1}`;
  const set = 'aks-general-31415926-vmss';
  return {
    name: `${set}00000${index}`,
    kubeletVersion,
    providerID: `azure:///subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/roadbed-dev/providers/Microsoft.Compute/virtualMachineScaleSets/${set}/virtualMachines/${index}`,
    labels: {
      ...topology('westeurope', zone),
      'kubernetes.azure.com/agentpool': 'general',
      [instanceTypeLabel]: 'Standard_D8s_v5',
    },
    osImage: 'Ubuntu 24.04.3 LTS',
  };
}

/** Three minors on three providers, each with a node that is behind. */
export const clusterPlans: readonly ClusterPlan[] = [
  {
    name: 'real-prod',
    minor: '1.34',
    environment: 'prod',
    ring: '2',
    owner: 'group:default/team-core',
    nodes: [
      awsNode(0, 'v1.34.2-eks-ba24e9c'),
      awsNode(1, 'v1.34.2-eks-ba24e9c'),
      awsNode(2, 'v1.33.5-eks-113cf36'),
    ],
    replicas: 3,
  },
  {
    name: 'real-stage',
    minor: '1.35',
    environment: 'stage',
    ring: '1',
    owner: 'group:default/team-core',
    nodes: [
      googleNode(0, 'v1.35.1-gke.1396000'),
      googleNode(1, 'v1.34.3-gke.1444000'),
    ],
    replicas: 2,
  },
  {
    name: 'real-dev',
    minor: '1.36',
    environment: 'dev',
    ring: '0',
    owner: 'group:default/team-core',
    nodes: [azureNode(0, 'v1.36.1'), azureNode(1, 'v1.35.4')],
    replicas: 1,
  },
];
