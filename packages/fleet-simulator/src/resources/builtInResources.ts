import {
  appsColumns,
  batchColumns,
  coreColumns,
  otherColumns,
} from './columns';
import { defineGroup } from './define';
import type { ResourceType } from './ResourceType';

const NAMESPACE_VERBS = [
  'create',
  'delete',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;
const ALL = ['all'] as const;
const EXTENSIONS = ['api-extensions'] as const;

/**
 * The resources every cluster serves, in the order a real server's discovery
 * lists groups. Names, scopes and verbs as told by kube-apiserver 1.36.
 */
export const BUILT_IN_RESOURCES: readonly ResourceType[] = Object.freeze([
  ...defineGroup('v1', [
    {
      kind: 'ConfigMap',
      resource: 'configmaps',
      shortNames: ['cm'],
      columns: coreColumns.configMap,
    },
    { kind: 'LimitRange', resource: 'limitranges', shortNames: ['limits'] },
    {
      kind: 'Namespace',
      resource: 'namespaces',
      clusterScoped: true,
      verbs: NAMESPACE_VERBS,
      shortNames: ['ns'],
      subresources: ['status'],
      fieldLabels: ['status.phase'],
      columns: coreColumns.namespace,
    },
    {
      kind: 'Node',
      resource: 'nodes',
      clusterScoped: true,
      shortNames: ['no'],
      subresources: ['status'],
      fieldLabels: ['spec.unschedulable'],
      columns: coreColumns.node,
    },
    {
      kind: 'PersistentVolumeClaim',
      resource: 'persistentvolumeclaims',
      shortNames: ['pvc'],
      subresources: ['status'],
      columns: coreColumns.persistentVolumeClaim,
    },
    {
      kind: 'Pod',
      resource: 'pods',
      shortNames: ['po'],
      categories: ALL,
      subresources: ['status'],
      fieldLabels: [
        'spec.nodeName',
        'spec.restartPolicy',
        'spec.schedulerName',
        'spec.serviceAccountName',
        'spec.hostNetwork',
        'status.phase',
        'status.podIP',
        'status.nominatedNodeName',
      ],
      columns: coreColumns.pod,
    },
    {
      kind: 'ResourceQuota',
      resource: 'resourcequotas',
      shortNames: ['quota'],
      subresources: ['status'],
    },
    {
      kind: 'Secret',
      resource: 'secrets',
      fieldLabels: ['type'],
      columns: coreColumns.secret,
    },
    {
      kind: 'Service',
      resource: 'services',
      shortNames: ['svc'],
      categories: ALL,
      subresources: ['status'],
      fieldLabels: ['spec.clusterIP', 'spec.type'],
      columns: coreColumns.service,
    },
  ]),
  ...defineGroup('apiregistration.k8s.io/v1', [
    {
      kind: 'APIService',
      resource: 'apiservices',
      clusterScoped: true,
      categories: EXTENSIONS,
      subresources: ['status'],
      columns: otherColumns.apiService,
    },
  ]),
  ...defineGroup('apps/v1', [
    {
      kind: 'DaemonSet',
      resource: 'daemonsets',
      shortNames: ['ds'],
      categories: ALL,
      subresources: ['status'],
      columns: appsColumns.daemonSet,
    },
    {
      kind: 'Deployment',
      resource: 'deployments',
      shortNames: ['deploy'],
      categories: ALL,
      subresources: ['scale', 'status'],
      columns: appsColumns.deployment,
    },
    {
      kind: 'ReplicaSet',
      resource: 'replicasets',
      shortNames: ['rs'],
      categories: ALL,
      subresources: ['scale', 'status'],
      fieldLabels: ['status.replicas'],
      columns: appsColumns.replicaSet,
    },
    {
      kind: 'StatefulSet',
      resource: 'statefulsets',
      shortNames: ['sts'],
      categories: ALL,
      subresources: ['scale', 'status'],
      columns: appsColumns.statefulSet,
    },
  ]),
  ...defineGroup('authorization.k8s.io/v1', [
    {
      kind: 'SelfSubjectAccessReview',
      resource: 'selfsubjectaccessreviews',
      clusterScoped: true,
      verbs: ['create'],
    },
    {
      kind: 'SelfSubjectRulesReview',
      resource: 'selfsubjectrulesreviews',
      clusterScoped: true,
      verbs: ['create'],
    },
  ]),
  ...defineGroup('autoscaling/v2', [
    {
      kind: 'HorizontalPodAutoscaler',
      resource: 'horizontalpodautoscalers',
      shortNames: ['hpa'],
      categories: ALL,
      subresources: ['status'],
      columns: otherColumns.horizontalPodAutoscaler,
    },
  ]),
  ...defineGroup('batch/v1', [
    {
      kind: 'CronJob',
      resource: 'cronjobs',
      shortNames: ['cj'],
      categories: ALL,
      subresources: ['status'],
      columns: batchColumns.cronJob,
    },
    {
      kind: 'Job',
      resource: 'jobs',
      categories: ALL,
      subresources: ['status'],
      fieldLabels: ['status.successful'],
      columns: batchColumns.job,
    },
  ]),
  ...defineGroup('networking.k8s.io/v1', [
    {
      kind: 'Ingress',
      resource: 'ingresses',
      shortNames: ['ing'],
      subresources: ['status'],
      columns: otherColumns.ingress,
    },
    {
      kind: 'NetworkPolicy',
      resource: 'networkpolicies',
      shortNames: ['netpol'],
      columns: otherColumns.networkPolicy,
    },
  ]),
  ...defineGroup('policy/v1', [
    {
      kind: 'PodDisruptionBudget',
      resource: 'poddisruptionbudgets',
      shortNames: ['pdb'],
      subresources: ['status'],
      columns: otherColumns.podDisruptionBudget,
    },
  ]),
  ...defineGroup('admissionregistration.k8s.io/v1', [
    {
      kind: 'MutatingWebhookConfiguration',
      resource: 'mutatingwebhookconfigurations',
      clusterScoped: true,
      categories: EXTENSIONS,
      columns: otherColumns.webhookConfiguration,
    },
    {
      kind: 'ValidatingWebhookConfiguration',
      resource: 'validatingwebhookconfigurations',
      clusterScoped: true,
      categories: EXTENSIONS,
      columns: otherColumns.webhookConfiguration,
    },
  ]),
  ...defineGroup('flowcontrol.apiserver.k8s.io/v1', [
    {
      kind: 'FlowSchema',
      resource: 'flowschemas',
      clusterScoped: true,
      subresources: ['status'],
    },
    {
      kind: 'PriorityLevelConfiguration',
      resource: 'prioritylevelconfigurations',
      clusterScoped: true,
      subresources: ['status'],
    },
  ]),
  ...defineGroup('apiextensions.k8s.io/v1', [
    {
      kind: 'CustomResourceDefinition',
      resource: 'customresourcedefinitions',
      clusterScoped: true,
      shortNames: ['crd', 'crds'],
      categories: EXTENSIONS,
      subresources: ['status'],
      columns: otherColumns.customResourceDefinition,
    },
  ]),
]);

/** Resources that a cluster serves only where their CRDs are installed, by group. */
export const OPTIONAL_RESOURCES: Readonly<
  Record<string, readonly ResourceType[]>
> = Object.freeze({
  'gateway.networking.k8s.io': defineGroup('gateway.networking.k8s.io/v1', [
    {
      kind: 'HTTPRoute',
      resource: 'httproutes',
      subresources: ['status'],
      custom: true,
      columns: otherColumns.httpRoute,
    },
  ]),
});
