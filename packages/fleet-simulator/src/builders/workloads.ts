import type { KubernetesObject } from '../kubernetes';
import { timestamp } from '../store/ObjectStore';
import {
  build,
  CONTROLLER,
  controlledBy,
  DEPLOYER,
  suffix,
  type NamespacedOptions,
} from './meta';
import { podSpec, type PodTemplateOptions } from './podTemplate';

/** A workload that keeps pods running. */
export interface WorkloadOptions extends NamespacedOptions, PodTemplateOptions {
  replicas?: number;
  /** All of them unless given. */
  readyReplicas?: number;
  /** Labels of the selector; `app` with the name unless given. */
  selector?: Record<string, string>;
  /** Which rollout this is; 1 unless given. */
  revision?: number;
}

interface Shape {
  selector: Record<string, string>;
  replicas: number;
  ready: number;
  at: string;
  template: Record<string, any>;
}

/** A Deployment with the status of a finished rollout, less the pods that are not ready. */
export function deployment(options: WorkloadOptions): KubernetesObject {
  const { selector, replicas, ready, at, template } = shapeOf(options);
  return build({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    meta: {
      ...options,
      annotations: {
        'deployment.kubernetes.io/revision': String(options.revision ?? 1),
        ...options.annotations,
      },
    },
    generation: true,
    content: {
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
        },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
      status: {
        observedGeneration: 1,
        ...(replicas ? { replicas, updatedReplicas: replicas } : {}),
        ...(ready ? { readyReplicas: ready, availableReplicas: ready } : {}),
        ...(ready < replicas ? { unavailableReplicas: replicas - ready } : {}),
        conditions: deploymentConditions(ready, replicas, at),
      },
    },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}

/** A StatefulSet. */
export function statefulSet(options: WorkloadOptions): KubernetesObject {
  const { selector, replicas, ready, template } = shapeOf(options);
  const revision = `${options.name}-${suffix(
    `${options.name}/${options.revision ?? 1}`,
    10,
  )}`;
  return build({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    meta: options,
    generation: true,
    content: {
      spec: {
        serviceName: options.name,
        replicas,
        selector: { matchLabels: selector },
        template,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 0 },
        },
        revisionHistoryLimit: 10,
      },
      status: {
        observedGeneration: 1,
        replicas,
        readyReplicas: ready,
        availableReplicas: ready,
        currentReplicas: replicas,
        updatedReplicas: replicas,
        currentRevision: revision,
        updateRevision: revision,
        collisionCount: 0,
      },
    },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}

/** A DaemonSet; `replicas` is the number of nodes it wants. */
export function daemonSet(options: WorkloadOptions): KubernetesObject {
  const { selector, replicas, ready, template } = shapeOf(options);
  return build({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    meta: options,
    generation: true,
    content: {
      spec: {
        selector: { matchLabels: selector },
        template,
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
        },
        revisionHistoryLimit: 10,
      },
      status: {
        observedGeneration: 1,
        desiredNumberScheduled: replicas,
        currentNumberScheduled: replicas,
        updatedNumberScheduled: replicas,
        numberMisscheduled: 0,
        numberReady: ready,
        numberAvailable: ready,
        ...(ready < replicas ? { numberUnavailable: replicas - ready } : {}),
      },
    },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}

/** Ten characters that stand for a pod template, as in names of ReplicaSets. */
export function podTemplateHash(workload: KubernetesObject): string {
  const { template } = workload.spec as { template: unknown };
  return suffix(
    `${workload.metadata.namespace}/${workload.metadata.name}/${JSON.stringify(
      template,
    )}`,
    10,
  );
}

/** The ReplicaSet of a stored Deployment's current template. */
export function replicaSetOf(
  owner: KubernetesObject,
  options: { createdAt?: number; replicas?: number; ready?: number } = {},
): KubernetesObject {
  const hash = podTemplateHash(owner);
  const spec = owner.spec as any;
  const { replicas = spec.replicas, ready = replicas } = options;
  const labels = {
    ...spec.template.metadata.labels,
    'pod-template-hash': hash,
  };
  return build({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    meta: {
      name: `${owner.metadata.name}-${hash}`,
      namespace: owner.metadata.namespace,
      labels,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': String(spec.replicas),
        'deployment.kubernetes.io/revision':
          owner.metadata.annotations?.['deployment.kubernetes.io/revision'] ??
          '1',
      },
      createdAt: options.createdAt,
      ownerReferences: [controlledBy(owner)],
    },
    generation: true,
    content: {
      spec: {
        replicas,
        selector: {
          matchLabels: {
            ...spec.selector.matchLabels,
            'pod-template-hash': hash,
          },
        },
        template: {
          ...spec.template,
          metadata: { ...spec.template.metadata, labels },
        },
      },
      status: {
        replicas,
        fullyLabeledReplicas: replicas,
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: 1,
      },
    },
    managers: [{ name: 'kube-controller-manager' }, CONTROLLER],
  });
}

function shapeOf(options: WorkloadOptions): Shape {
  const { name, replicas = 1 } = options;
  const selector = options.selector ?? { app: name };
  return {
    selector,
    replicas,
    ready: options.readyReplicas ?? replicas,
    at: timestamp(options.createdAt ?? 0),
    template: {
      metadata: { labels: { ...selector, ...options.podLabels } },
      spec: podSpec({ ...options, defaultName: name }),
    },
  };
}

/** The conditions of a Deployment of which some replicas are ready. */
export function deploymentConditions(
  ready: number,
  replicas: number,
  at: string,
) {
  // A quarter may be missing, as the default strategy allows.
  const available = ready >= Math.ceil(replicas * 0.75);
  const times = { lastUpdateTime: at, lastTransitionTime: at };
  return [
    {
      type: 'Available',
      status: available ? 'True' : 'False',
      ...times,
      reason: available
        ? 'MinimumReplicasAvailable'
        : 'MinimumReplicasUnavailable',
      message: available
        ? 'Deployment has minimum availability.'
        : 'Deployment does not have minimum availability.',
    },
    {
      type: 'Progressing',
      status: ready < replicas && !available ? 'False' : 'True',
      ...times,
      reason:
        ready < replicas && !available
          ? 'ProgressDeadlineExceeded'
          : 'NewReplicaSetAvailable',
      message:
        ready < replicas && !available
          ? 'ReplicaSet has timed out progressing.'
          : 'ReplicaSet has successfully progressed.',
    },
  ];
}
