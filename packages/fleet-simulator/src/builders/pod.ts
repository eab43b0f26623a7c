import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../kubernetes';
import { timestamp } from '../store/ObjectStore';
import { build, type NamespacedOptions } from './meta';
import { podSpec, type PodTemplateOptions } from './podTemplate';

/** How a pod is doing. */
export type PodState =
  | 'Running'
  | 'NotReady'
  | 'Pending'
  | 'CrashLoopBackOff'
  | 'ImagePullBackOff'
  | 'Succeeded'
  | 'Failed';

/** One pod. */
export interface PodOptions extends NamespacedOptions, PodTemplateOptions {
  /** Running and ready unless given. */
  state?: PodState;
  restarts?: number;
  nodeName?: string;
  /** A whole `spec`, as of a template, instead of template options. */
  spec?: Record<string, any>;
  generateName?: string;
}

/** A pod with conditions and container statuses that fit its state. */
export function pod(options: PodOptions): KubernetesObject {
  const { state = 'Running', createdAt = 0 } = options;
  const template =
    options.spec ?? podSpec({ ...options, defaultName: options.name });
  const at = timestamp(createdAt);
  const spec = {
    ...template,
    ...(options.nodeName && state !== 'Pending'
      ? { nodeName: options.nodeName }
      : {}),
  };
  const built = build({
    apiVersion: 'v1',
    kind: 'Pod',
    meta: options,
    content: { spec, status: podStatus(spec, options, at) },
    managers: options.managedBy ?? [
      { name: 'kube-controller-manager' },
      { name: 'kubelet', subresource: 'status' },
    ],
  });
  return options.generateName
    ? {
        ...built,
        metadata: { ...built.metadata, generateName: options.generateName },
      }
    : built;
}

/** The status of a pod in a state, as the kubelet would post it. */
export function podStatus(
  spec: Record<string, any>,
  options: PodOptions,
  at: string,
): Record<string, unknown> {
  const { state = 'Running', restarts = 0 } = options;
  if (state === 'Pending') {
    return {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message:
            '0/12 nodes are available: 12 Insufficient cpu. no new claims to deallocate, preemption: 0/12 nodes are available.',
          lastTransitionTime: at,
        },
      ],
      qosClass: 'Burstable',
    };
  }
  const ready = state === 'Running';
  const finished = state === 'Succeeded' || state === 'Failed';
  const reason = finished ? { reason: 'PodCompleted' } : {};
  const condition = (type: string, isTrue: boolean) => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastTransitionTime: at,
    ...(isTrue ? {} : reason),
  });
  return {
    phase: phaseOf(state),
    conditions: [
      condition('Initialized', true),
      condition('Ready', ready),
      condition('ContainersReady', ready),
      condition('PodScheduled', true),
    ],
    startTime: at,
    ...(finished ? {} : { podIP: ipOf(options), hostIP: '10.0.0.1' }),
    containerStatuses: spec.containers.map((container: any, index: number) => ({
      name: container.name,
      image: container.image,
      imageID: imageId(container.image),
      // Only the first container of a failing pod fails: sidecars stay up.
      ...containerState(index === 0 ? state : healthyState(state), at),
      restartCount: index === 0 ? restarts : 0,
    })),
    qosClass: 'Burstable',
  };
}

function phaseOf(state: PodState) {
  switch (state) {
    case 'Succeeded':
    case 'Failed':
      return state;
    case 'ImagePullBackOff':
      return 'Pending';
    default:
      return 'Running';
  }
}

function healthyState(state: PodState): PodState {
  return state === 'Succeeded' || state === 'Failed' ? state : 'Running';
}

function containerState(state: PodState, at: string) {
  switch (state) {
    case 'CrashLoopBackOff':
      return {
        ready: false,
        started: false,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: 'back-off 5m0s restarting failed container',
          },
        },
        lastState: {
          terminated: { exitCode: 1, reason: 'Error', finishedAt: at },
        },
      };
    case 'ImagePullBackOff':
      return {
        ready: false,
        started: false,
        state: {
          waiting: {
            reason: 'ImagePullBackOff',
            message: 'Back-off pulling image',
          },
        },
      };
    case 'Succeeded':
    case 'Failed':
      return {
        ready: false,
        started: false,
        state: {
          terminated: {
            exitCode: state === 'Failed' ? 1 : 0,
            reason: state === 'Failed' ? 'Error' : 'Completed',
            startedAt: at,
            finishedAt: at,
          },
        },
      };
    default:
      return {
        ready: state === 'Running',
        started: true,
        state: { running: { startedAt: at } },
      };
  }
}

/** A digest that is always the same for one image, as runtimes report it. */
export function imageId(image: string): string {
  if (image.includes('@sha256:')) return image;
  const repository = image.replace(/:[^/:]*$/, '');
  return `${repository}@sha256:${createHash('sha256')
    .update(image)
    .digest('hex')}`;
}

function ipOf(options: PodOptions): string {
  const digest = createHash('sha256')
    .update(`${options.namespace}/${options.name}`)
    .digest();
  return `10.${digest[0] % 64}.${digest[1]}.${(digest[2] % 254) + 1}`;
}
