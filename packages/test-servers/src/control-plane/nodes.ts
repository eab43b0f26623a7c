import type { KubernetesClient } from '../kubernetes/KubernetesClient';
import { KubernetesApiError } from '../kubernetes/KubernetesApiError';
import type { KubernetesObject } from '../kubernetes/KubernetesObject';

/** A node that is there in name only; kwok makes it ready. */
export interface NodeSpec {
  name: string;
  /** "v1.35.2" @defaultValue the version of the API server */
  kubeletVersion?: string;
  /** "aws:///eu-central-1a/i-0123" @defaultValue none */
  providerID?: string;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: string }[];
  /** @defaultValue '8' */
  cpu?: string;
  /** @defaultValue '32Gi' */
  memory?: string;
  /** @defaultValue 'containerd://2.1.4' */
  containerRuntimeVersion?: string;
  /** @defaultValue 'Debian GNU/Linux 12 (bookworm)' */
  osImage?: string;
}

/** The node as a kubelet would register it. */
function nodeObject(
  spec: NodeSpec,
  defaults: { kubeletVersion: string },
): KubernetesObject {
  const resources = {
    cpu: spec.cpu ?? '8',
    memory: spec.memory ?? '32Gi',
    pods: '110',
  };
  const kubeletVersion = spec.kubeletVersion ?? defaults.kubeletVersion;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: spec.name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': spec.name,
        'kubernetes.io/os': 'linux',
        ...spec.labels,
      },
    },
    spec: { providerID: spec.providerID, taints: spec.taints },
    status: {
      capacity: resources,
      allocatable: resources,
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion:
          spec.containerRuntimeVersion ?? 'containerd://2.1.4',
        kernelVersion: '6.1.0',
        kubeProxyVersion: '',
        kubeletVersion,
        machineID: '',
        operatingSystem: 'linux',
        osImage: spec.osImage ?? 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: '',
      },
    },
  };
}

/** Makes the nodes; those that are there already stay as they are. */
export async function createNodes(
  client: KubernetesClient,
  specs: NodeSpec[],
  defaults: { kubeletVersion: string },
): Promise<void> {
  for (const spec of specs) {
    try {
      await client.request('POST', '/api/v1/nodes', {
        body: nodeObject(spec, defaults),
      });
    } catch (error) {
      if (!(error instanceof KubernetesApiError) || error.code !== 409)
        throw error;
    }
  }
}

/** Whether the nodes are there and ready. */
export async function areNodesReady(
  client: KubernetesClient,
  names: string[],
): Promise<boolean> {
  const { items } = await client.request<{
    items: {
      metadata: { name: string };
      status: { conditions?: { type: string; status: string }[] };
    }[];
  }>('GET', '/api/v1/nodes');
  const ready = items
    .filter(({ status }) =>
      status.conditions?.some(
        condition => condition.type === 'Ready' && condition.status === 'True',
      ),
    )
    .map(({ metadata }) => metadata.name);
  return names.every(name => ready.includes(name));
}
