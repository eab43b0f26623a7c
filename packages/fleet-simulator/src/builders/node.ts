import type { KubernetesObject } from '../kubernetes';
import { timestamp } from '../store/ObjectStore';
import { build, type MetaOptions } from './meta';

/** A machine. */
export interface NodeOptions extends MetaOptions {
  /** Such as `aws:///eu-west-1a/i-0abc`. */
  providerId?: string;
  /** Such as `v1.34.4-eks-abc123`; v1.35.0 unless given. */
  kubeletVersion?: string;
  containerRuntimeVersion?: string;
  osImage?: string;
  kernelVersion?: string;
  architecture?: 'amd64' | 'arm64';
  instanceType?: string;
  region?: string;
  zone?: string;
  cordoned?: boolean;
  /** False is a kubelet that stopped posting; true unless given. */
  ready?: boolean;
  cpu?: string;
  memory?: string;
  internalIp?: string;
  /** Epoch milliseconds of the last heartbeat; the creation unless given. */
  heartbeatAt?: number;
}

/** A node with labels, conditions and addresses as a kubelet reports them. */
export function node(options: NodeOptions): KubernetesObject {
  const {
    name,
    ready = true,
    cordoned = false,
    architecture = 'amd64',
    cpu = '4',
    memory = '16Gi',
  } = options;
  const at = timestamp(options.heartbeatAt ?? options.createdAt ?? 0);
  return build({
    apiVersion: 'v1',
    kind: 'Node',
    meta: {
      ...options,
      labels: { ...standardLabels(options, architecture), ...options.labels },
    },
    content: {
      spec: {
        ...(options.providerId ? { providerID: options.providerId } : {}),
        ...(cordoned
          ? {
              unschedulable: true,
              taints: [
                {
                  key: 'node.kubernetes.io/unschedulable',
                  effect: 'NoSchedule',
                },
              ],
            }
          : {}),
      },
      status: {
        capacity: { cpu, memory, pods: '110' },
        allocatable: { cpu, memory, pods: '110' },
        conditions: conditions(ready, at),
        addresses: [
          { type: 'InternalIP', address: options.internalIp ?? '10.0.0.1' },
          { type: 'Hostname', address: name },
        ],
        nodeInfo: {
          kubeletVersion: options.kubeletVersion ?? 'v1.35.0',
          kubeProxyVersion: '',
          containerRuntimeVersion:
            options.containerRuntimeVersion ?? 'containerd://2.1.4',
          osImage: options.osImage ?? 'Ubuntu 24.04.3 LTS',
          kernelVersion: options.kernelVersion ?? '6.8.0-1021',
          operatingSystem: 'linux',
          architecture,
        },
      },
    },
    managers: options.managedBy ?? [
      { name: 'kubelet' },
      { name: 'kubelet', subresource: 'status' },
    ],
  });
}

function standardLabels(options: NodeOptions, architecture: string) {
  const { instanceType, region, zone } = options;
  return {
    'kubernetes.io/hostname': options.name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': architecture,
    ...(instanceType
      ? { 'node.kubernetes.io/instance-type': instanceType }
      : {}),
    ...(region ? { 'topology.kubernetes.io/region': region } : {}),
    ...(zone ? { 'topology.kubernetes.io/zone': zone } : {}),
  };
}

function conditions(ready: boolean, at: string) {
  const pressure = ['MemoryPressure', 'DiskPressure', 'PIDPressure'].map(
    type => ({
      type,
      status: ready ? 'False' : 'Unknown',
      lastHeartbeatTime: at,
      lastTransitionTime: at,
      reason: ready ? `KubeletHasNo${type}` : 'NodeStatusUnknown',
      message: ready ? '' : 'Kubelet stopped posting node status.',
    }),
  );
  return [
    ...pressure,
    {
      type: 'Ready',
      status: ready ? 'True' : 'Unknown',
      lastHeartbeatTime: at,
      lastTransitionTime: at,
      reason: ready ? 'KubeletReady' : 'NodeStatusUnknown',
      message: ready
        ? 'kubelet is posting ready status'
        : 'Kubelet stopped posting node status.',
    },
  ];
}
