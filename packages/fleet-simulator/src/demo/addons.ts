import {
  applyDaemonSet,
  applyDeployment,
  type AppliedWorkloadOptions,
} from '../builders/applyWorkload';
import { customResourceDefinition } from '../builders/extensions';
import { CONTROLLER } from '../builders/meta';
import { namespace } from '../builders/namespace';
import type { Provider } from './clusterPlans';
import { before, type PopulationContext } from './PopulationContext';

/** Something the platform team installs. */
interface Addon {
  name: string;
  namespace: string;
  image: string;
  /** On every node, when it is a DaemonSet. */
  kind: 'DaemonSet' | 'Deployment';
  replicas?: number;
  /** Helm chart with version, where it came as one. */
  chart?: string;
}

const addon = (
  kind: Addon['kind'],
  namespaceAndName: string,
  image: string,
  options: Pick<Addon, 'replicas' | 'chart'> = {},
): Addon => {
  const [space, name] = namespaceAndName.split('/');
  return { kind, namespace: space, name, image, ...options };
};

const EVERYWHERE: readonly Addon[] = [
  addon(
    'DaemonSet',
    'kube-system/kube-proxy',
    'registry.k8s.io/kube-proxy:VERSION',
  ),
  addon(
    'Deployment',
    'kube-system/coredns',
    'registry.k8s.io/coredns/coredns:v1.12.1',
    { replicas: 2 },
  ),
  addon(
    'Deployment',
    'kube-system/metrics-server',
    'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
    { chart: 'metrics-server-3.13.0' },
  ),
  addon(
    'DaemonSet',
    'monitoring/node-exporter',
    'quay.io/prometheus/node-exporter:v1.9.1',
    { chart: 'prometheus-node-exporter-4.47.0' },
  ),
  addon(
    'Deployment',
    'monitoring/kube-state-metrics',
    'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0',
    { chart: 'kube-state-metrics-6.1.0' },
  ),
  addon(
    'DaemonSet',
    'logging/fluent-bit',
    'cr.fluentbit.io/fluent/fluent-bit:4.0.7',
    { chart: 'fluent-bit-0.50.0' },
  ),
  addon(
    'Deployment',
    'cert-manager/cert-manager',
    'quay.io/jetstack/cert-manager-controller:v1.18.2',
    { chart: 'cert-manager-v1.18.2' },
  ),
  addon(
    'Deployment',
    'cert-manager/cert-manager-webhook',
    'quay.io/jetstack/cert-manager-webhook:v1.18.2',
    { chart: 'cert-manager-v1.18.2' },
  ),
  addon(
    'Deployment',
    'cert-manager/cert-manager-cainjector',
    'quay.io/jetstack/cert-manager-cainjector:v1.18.2',
    { chart: 'cert-manager-v1.18.2' },
  ),
  addon(
    'Deployment',
    'external-secrets/external-secrets',
    'ghcr.io/external-secrets/external-secrets:v0.19.2',
    { chart: 'external-secrets-0.19.2' },
  ),
  addon(
    'Deployment',
    'argocd/argocd-application-controller',
    'quay.io/argoproj/argocd:v3.1.6',
    { chart: 'argo-cd-8.3.7' },
  ),
  addon(
    'Deployment',
    'argocd/argocd-repo-server',
    'quay.io/argoproj/argocd:v3.1.6',
    { chart: 'argo-cd-8.3.7' },
  ),
];

const OF_PROVIDER: Readonly<Record<Provider, readonly Addon[]>> = {
  eks: [
    addon(
      'DaemonSet',
      'kube-system/aws-node',
      'registry.example.com/eks/amazon-k8s-cni:v1.20.1',
    ),
    addon(
      'DaemonSet',
      'kube-system/ebs-csi-node',
      'registry.example.com/eks/aws-ebs-csi-driver:v1.48.0',
    ),
    addon(
      'Deployment',
      'kube-system/aws-load-balancer-controller',
      'registry.example.com/eks/aws-load-balancer-controller:v2.13.4',
      { replicas: 2, chart: 'aws-load-balancer-controller-1.13.4' },
    ),
    addon(
      'Deployment',
      'karpenter/karpenter',
      'registry.example.com/karpenter/controller:1.6.3',
      { replicas: 2, chart: 'karpenter-1.6.3' },
    ),
  ],
  gke: [
    addon(
      'DaemonSet',
      'kube-system/anetd',
      'registry.example.com/gke/cilium:v1.16.9',
    ),
    addon(
      'DaemonSet',
      'kube-system/pdcsi-node',
      'registry.example.com/gke/gcp-compute-persistent-disk-csi-driver:v1.17.4',
    ),
  ],
  aks: [
    addon(
      'DaemonSet',
      'kube-system/azure-cns',
      'registry.example.com/aks/azure-cns:v1.6.21',
    ),
    addon(
      'DaemonSet',
      'kube-system/csi-azuredisk-node',
      'registry.example.com/aks/azuredisk-csi:v1.33.2',
    ),
  ],
  'on-prem': [
    addon(
      'DaemonSet',
      'kube-system/calico-node',
      'docker.io/calico/node:v3.27.2',
    ),
    addon(
      'DaemonSet',
      'metallb-system/speaker',
      'quay.io/metallb/speaker:v0.14.3',
    ),
  ],
};

const INGRESS_NGINX = 'registry.k8s.io/ingress-nginx/controller';

/** Stores what the platform team runs in a cluster. */
export function applyAddons(context: PopulationContext): void {
  const { plan, store } = context;
  const isOld = plan.troubles.includes('old-ingress-controller');
  const all = [
    ...EVERYWHERE,
    ...OF_PROVIDER[plan.provider],
    addon(
      'Deployment',
      'ingress-nginx/ingress-nginx-controller',
      `${INGRESS_NGINX}:${isOld ? 'v1.9.6' : 'v1.14.3'}`,
      {
        replicas: plan.environment === 'prod' ? 3 : 1,
        chart: isOld ? 'ingress-nginx-4.9.1' : 'ingress-nginx-4.14.3',
      },
    ),
    ...(plan.gateway
      ? [
          addon(
            'Deployment',
            'gateway-system/envoy-gateway',
            'docker.io/envoyproxy/gateway:v1.5.1',
            { chart: 'gateway-helm-1.5.1' },
          ),
        ]
      : []),
  ];
  for (const name of new Set(all.map(one => one.namespace))) {
    if (store.get({ group: '', resource: 'namespaces' }, name)) continue;
    store.apply(
      namespace({
        name,
        annotations: { 'backstage.io/owner': 'group:default/team-core' },
        createdAt: before(context, 500),
      }),
    );
  }
  for (const one of all) applyAddon(context, one);
  applyCustomResourceDefinitions(context);
}

function applyAddon(context: PopulationContext, one: Addon): void {
  const { store, plan } = context;
  const version = plan.version.replace(/-.*/, '');
  const createdAt = before(context, 400);
  const labels: Record<string, string> = {
    'app.kubernetes.io/name': one.name,
    ...(one.chart
      ? {
          'helm.sh/chart': one.chart,
          'app.kubernetes.io/managed-by': 'Helm',
        }
      : {}),
  };
  const options: AppliedWorkloadOptions = {
    name: one.name,
    namespace: one.namespace,
    labels,
    podLabels: labels,
    annotations: one.chart
      ? {
          'meta.helm.sh/release-name': one.name,
          'meta.helm.sh/release-namespace': one.namespace,
        }
      : undefined,
    replicas: one.kind === 'DaemonSet' ? plan.nodes : one.replicas ?? 1,
    createdAt,
    containers: [
      {
        name: one.name,
        image: one.image.replace('VERSION', version),
        requests: { cpu: '50m', memory: '64Mi' },
      },
    ],
    managedBy: [
      { name: one.chart ? 'helm' : 'kubectl', at: createdAt },
      CONTROLLER,
    ],
    nodeOf: context.nextNode,
  };
  if (one.kind === 'DaemonSet') applyDaemonSet(store, options);
  else applyDeployment(store, options);
}

function applyCustomResourceDefinitions(context: PopulationContext): void {
  const { store, plan } = context;
  const createdAt = before(context, 400);
  const managedBy = [{ name: 'helm', at: createdAt }];
  const v1 = [{ name: 'v1', served: true, storage: true }];
  for (const [plural, kind] of [
    ['certificates', 'Certificate'],
    ['issuers', 'Issuer'],
  ]) {
    store.apply(
      customResourceDefinition({
        group: 'cert-manager.io',
        plural,
        kind,
        versions: v1,
        // Objects were never rewritten after an upgrade long ago.
        storedVersions: plan.troubles.includes('removed-apis')
          ? ['v1alpha2', 'v1']
          : ['v1'],
        createdAt,
        managedBy,
      }),
    );
  }
  if (!plan.gateway) return;
  store.apply(
    customResourceDefinition({
      group: 'gateway.networking.k8s.io',
      plural: 'httproutes',
      kind: 'HTTPRoute',
      versions: v1,
      storedVersions: ['v1'],
      createdAt,
      managedBy,
    }),
  );
}
