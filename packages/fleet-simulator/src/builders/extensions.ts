import type { KubernetesObject } from '../kubernetes';
import { build, CONTROLLER, DEPLOYER, type MetaOptions } from './meta';

/** A webhook that is asked about every pod. */
export function validatingWebhook(
  options: MetaOptions & {
    service: { namespace: string; name: string };
    failurePolicy: 'Fail' | 'Ignore';
    /** Namespaces that are asked about; all when absent. */
    namespaceSelector?: Record<string, unknown>;
    timeoutSeconds?: number;
  },
): KubernetesObject {
  const { service, failurePolicy, namespaceSelector = {} } = options;
  return build({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    meta: options,
    generation: true,
    content: {
      webhooks: [
        {
          name: `pods.${options.name}.example.com`,
          clientConfig: {
            service: { ...service, path: '/validate', port: 443 },
          },
          rules: [
            {
              operations: ['CREATE', 'UPDATE'],
              apiGroups: [''],
              apiVersions: ['v1'],
              resources: ['pods'],
              scope: '*',
            },
          ],
          failurePolicy,
          matchPolicy: 'Equivalent',
          namespaceSelector,
          objectSelector: {},
          sideEffects: 'None',
          timeoutSeconds: options.timeoutSeconds ?? 10,
          admissionReviewVersions: ['v1'],
        },
      ],
    },
    managers: options.managedBy ?? [DEPLOYER],
  });
}

/** An aggregated API, by the Service behind it. */
export function apiService(
  options: MetaOptions & {
    group: string;
    version: string;
    service: { namespace: string; name: string };
    available: boolean;
  },
): KubernetesObject {
  const { group, version, service, available } = options;
  return build({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    meta: options,
    content: {
      spec: {
        group,
        version,
        service: { ...service, port: 443 },
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
      },
      status: {
        conditions: [
          {
            type: 'Available',
            status: available ? 'True' : 'False',
            reason: available ? 'Passed' : 'MissingEndpoints',
            message: available
              ? 'all checks passed'
              : `endpoints for service/${service.name} in "${service.namespace}" have no addresses with port name ""`,
          },
        ],
      },
    },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}

/** A CRD, with the versions it serves and those that objects are stored in. */
export function customResourceDefinition(
  options: Omit<MetaOptions, 'name'> & {
    group: string;
    plural: string;
    kind: string;
    versions: readonly { name: string; served: boolean; storage: boolean }[];
    storedVersions: readonly string[];
    namespaced?: boolean;
  },
): KubernetesObject {
  const { group, plural, kind, versions, storedVersions } = options;
  const names = {
    plural,
    kind,
    singular: kind.toLowerCase(),
    listKind: `${kind}List`,
  };
  return build({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    meta: { ...options, name: `${plural}.${group}` },
    generation: true,
    content: {
      spec: {
        group,
        names,
        scope: options.namespaced === false ? 'Cluster' : 'Namespaced',
        versions: versions.map(version => ({
          ...version,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              'x-kubernetes-preserve-unknown-fields': true,
            },
          },
        })),
        conversion: { strategy: 'None' },
      },
      status: {
        acceptedNames: names,
        storedVersions,
        conditions: [
          { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' },
          {
            type: 'Established',
            status: 'True',
            reason: 'InitialNamesAccepted',
          },
        ],
      },
    },
    managers: options.managedBy ?? [DEPLOYER],
  });
}
