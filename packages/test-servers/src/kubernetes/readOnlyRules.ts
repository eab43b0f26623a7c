import type { PolicyRule } from './access';

/** `get` and `list`: Roadbed does not watch, and never writes. */
const verbs = ['get', 'list'];

const resourcesByGroup: Record<string, string[]> = {
  '': [
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'resourcequotas',
    'services',
  ],
  'admissionregistration.k8s.io': [
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
  ],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'apiregistration.k8s.io': ['apiservices'],
  apps: ['daemonsets', 'deployments', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'cert-manager.io': ['certificates', 'clusterissuers', 'issuers'],
  'gateway.networking.k8s.io': [
    'gateways',
    'grpcroutes',
    'httproutes',
    'tcproutes',
    'tlsroutes',
    'udproutes',
  ],
  'metrics.k8s.io': ['nodes', 'pods'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'scheduling.k8s.io': ['priorityclasses'],
  'storage.k8s.io': ['storageclasses'],
  'wgpolicyk8s.io': ['clusterpolicyreports', 'policyreports'],
};

/**
 * The least that Roadbed's collectors need of a cluster. On purpose without
 * secrets, config maps, logs, exec, proxy, impersonation and wildcards.
 */
export const readOnlyRules: readonly PolicyRule[] = [
  ...Object.entries(resourcesByGroup).map(([apiGroup, resources]) => ({
    apiGroups: [apiGroup],
    resources,
    verbs,
  })),
  {
    nonResourceURLs: [
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/livez',
      '/metrics',
      '/readyz',
      '/version',
    ],
    verbs: ['get'],
  },
];
