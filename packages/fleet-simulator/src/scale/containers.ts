import { imageId } from '../builders/pod';
import type { ContainerOptions } from '../builders/podTemplate';
import { textSlot } from './ObjectTemplate';
import type { Workload } from './Workload';

const REPOSITORY = 'registry.example.com/services';

/** The image of the proxy that is put beside every service. */
export const PROXY_IMAGE = 'registry.example.com/mesh/proxy:1.27.3';

/** What a workload runs; the slot `product`. */
export function productOf({ service, name }: Workload): string {
  return service ?? name;
}

/** Which version of it; the slot `tag`. */
export function tagOf({ release }: Workload): string {
  return `1.${release}.0`;
}

/** The image that a workload runs. */
export function imageOf(workload: Workload): string {
  return `${REPOSITORY}/${productOf(workload)}:${tagOf(workload)}`;
}

/** SHA-256 of the image, the same wherever it runs. */
export function imageDigest(workload: Workload): string {
  return imageId(imageOf(workload)).split('@sha256:')[1];
}

/** {@link imageOf} as templates have it. */
export const IMAGE_TEMPLATE = `${REPOSITORY}/${textSlot('product')}:${textSlot(
  'tag',
)}`;

/** What people wrote into the pod template of every workload. */
export const APP_CONTAINER: ContainerOptions = {
  name: 'app',
  image: IMAGE_TEMPLATE,
  ports: [8080],
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { memory: '256Mi' },
  probes: true,
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

/** What the mesh adds when a pod is admitted. */
export const PROXY_CONTAINER: ContainerOptions = {
  name: 'proxy',
  image: PROXY_IMAGE,
  args: ['proxy', 'sidecar', '--domain', 'svc.cluster.local'],
  ports: [15090],
  env: {
    CA_ADDRESS: 'mesh-ca.mesh-system.svc:15012',
    CERT_PROVIDER: 'mesh-ca',
    METRICS_PORT: '15090',
    PROXY_CONFIG: 'holdApplicationUntilProxyStarts',
    TRUST_DOMAIN: 'cluster.local',
    UPSTREAM_TIMEOUT: '30s',
  },
  requests: { cpu: '10m', memory: '64Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
  probes: true,
  securityContext: {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: 1337,
    capabilities: { drop: ['ALL'] },
  },
};

/** Labels of a workload and of its pods. */
export function labelsOf(
  name: string,
  service: string | undefined,
): Record<string, string> {
  return {
    app: name,
    'app.kubernetes.io/managed-by': 'delivery',
    ...(service ? { 'backstage.io/kubernetes-id': service } : {}),
  };
}
