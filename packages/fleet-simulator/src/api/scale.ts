import type { KubernetesObject } from '../kubernetes';

/** The `autoscaling/v1` Scale of a workload. */
export function toScale(workload: KubernetesObject): KubernetesObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    workload.metadata;
  const spec = workload.spec as any;
  const status = workload.status as any;
  const labels = Object.entries(spec?.selector?.matchLabels ?? {});
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec?.replicas ?? 1 },
    status: {
      replicas: status?.replicas ?? 0,
      selector: labels.map(([key, value]) => `${key}=${value}`).join(','),
    },
  };
}

/** A workload with the replicas of a Scale. */
export function fromScale(
  workload: KubernetesObject,
  scale: KubernetesObject,
): KubernetesObject {
  const { replicas } = scale.spec as { replicas?: number };
  return {
    ...workload,
    spec: { ...(workload.spec as object), replicas: replicas ?? 0 },
  };
}
