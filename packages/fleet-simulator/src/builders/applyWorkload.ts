import type { KubernetesObject } from '../kubernetes';
import type { ObjectStore } from '../store/ObjectStore';
import { controlledBy, suffix } from './meta';
import { pod, type PodState } from './pod';
import {
  daemonSet,
  deployment,
  replicaSetOf,
  statefulSet,
  type WorkloadOptions,
} from './workloads';

/** A workload together with its pods. */
export interface AppliedWorkload {
  workload: KubernetesObject;
  pods: KubernetesObject[];
}

/** A workload whose pods may do badly. */
export interface AppliedWorkloadOptions extends WorkloadOptions {
  /** State of the pods that are not ready; `NotReady` unless given. */
  failing?: PodState;
  /** Restarts of the pods that are not ready. */
  restarts?: number;
  /** Which node runs the nth pod. */
  nodeOf?: (index: number) => string;
}

/** Stores a Deployment with its ReplicaSet and pods. */
export function applyDeployment(
  store: ObjectStore,
  options: AppliedWorkloadOptions,
): AppliedWorkload {
  const workload = store.apply(deployment(options));
  const { replicas = 1, readyReplicas = replicas } = options;
  const replicaSet = store.apply(
    replicaSetOf(workload, {
      createdAt: options.createdAt,
      ready: readyReplicas,
    }),
  );
  const generateName = `${replicaSet.metadata.name}-`;
  return {
    workload,
    pods: applyPods(store, replicaSet, options, index => ({
      name: `${generateName}${suffix(`${generateName}${index}`, 5)}`,
      generateName,
    })),
  };
}

/** Stores a StatefulSet with its pods. */
export function applyStatefulSet(
  store: ObjectStore,
  options: AppliedWorkloadOptions,
): AppliedWorkload {
  const workload = store.apply(statefulSet(options));
  return {
    workload,
    pods: applyPods(store, workload, options, index => ({
      name: `${options.name}-${index}`,
      generateName: `${options.name}-`,
    })),
  };
}

/** Stores a DaemonSet with its pods. */
export function applyDaemonSet(
  store: ObjectStore,
  options: AppliedWorkloadOptions,
): AppliedWorkload {
  const workload = store.apply(daemonSet(options));
  return {
    workload,
    pods: applyPods(store, workload, options, index => ({
      name: `${options.name}-${suffix(`${options.name}/${index}`, 5)}`,
      generateName: `${options.name}-`,
    })),
  };
}

function applyPods(
  store: ObjectStore,
  owner: KubernetesObject,
  options: AppliedWorkloadOptions,
  nameOf: (index: number) => { name: string; generateName: string },
): KubernetesObject[] {
  const { replicas = 1, readyReplicas = replicas } = options;
  const { template } = owner.spec as any;
  return Array.from({ length: replicas }, (_, index) => {
    const ready = index < readyReplicas;
    return store.apply(
      pod({
        ...nameOf(index),
        namespace: options.namespace,
        labels: template.metadata.labels,
        spec: template.spec,
        createdAt: options.createdAt,
        ownerReferences: [controlledBy(owner)],
        nodeName: options.nodeOf?.(index),
        state: ready ? 'Running' : options.failing ?? 'NotReady',
        restarts: ready ? 0 : options.restarts,
      }),
    );
  });
}
