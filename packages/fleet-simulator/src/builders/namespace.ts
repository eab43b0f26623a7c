import type { KubernetesObject } from '../kubernetes';
import { build, type MetaOptions } from './meta';

/** A namespace in phase Active. */
export function namespace(options: MetaOptions): KubernetesObject {
  return build({
    apiVersion: 'v1',
    kind: 'Namespace',
    meta: {
      ...options,
      labels: {
        'kubernetes.io/metadata.name': options.name,
        ...options.labels,
      },
    },
    content: {
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
    managers: options.managedBy ?? [{ name: 'kubectl-create' }],
  });
}
