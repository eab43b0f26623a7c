import type { KubernetesObject } from '../kubernetes';
import { build, CONTROLLER, DEPLOYER, type NamespacedOptions } from './meta';

/** A PodDisruptionBudget; give one of the two bounds. */
export interface DisruptionBudgetOptions extends NamespacedOptions {
  selector: Record<string, string>;
  minAvailable?: number | string;
  maxUnavailable?: number | string;
  /** Pods that match and are healthy. */
  healthy: number;
  /** Pods that match. */
  expected: number;
  /** How many of them must stay healthy. */
  desired: number;
}

/** A PodDisruptionBudget with the disruptions it allows now. */
export function podDisruptionBudget(
  options: DisruptionBudgetOptions,
): KubernetesObject {
  const { selector, minAvailable, maxUnavailable } = options;
  const allowed = Math.max(0, options.healthy - options.desired);
  return build({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    meta: options,
    generation: true,
    content: {
      spec: {
        ...(minAvailable === undefined ? {} : { minAvailable }),
        ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
        selector: { matchLabels: selector },
      },
      status: {
        observedGeneration: 1,
        currentHealthy: options.healthy,
        desiredHealthy: options.desired,
        expectedPods: options.expected,
        disruptionsAllowed: allowed,
        conditions: [
          {
            type: 'DisruptionAllowed',
            status: allowed > 0 ? 'True' : 'False',
            reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
            observedGeneration: 1,
            message: '',
          },
        ],
      },
    },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}

/** A HorizontalPodAutoscaler of a Deployment. */
export interface AutoscalerOptions extends NamespacedOptions {
  /** Name of the Deployment. */
  target: string;
  minReplicas: number;
  maxReplicas: number;
  currentReplicas: number;
  /** Percent of the requested CPU that is used. */
  cpuUtilization: number;
}

/** A HorizontalPodAutoscaler on CPU; at its maximum it says that it is limited. */
export function horizontalPodAutoscaler(
  options: AutoscalerOptions,
): KubernetesObject {
  const { target, minReplicas, maxReplicas, currentReplicas } = options;
  const limited = currentReplicas >= maxReplicas;
  const utilization = (value: number) => ({
    type: 'Resource',
    resource: {
      name: 'cpu',
      target: { type: 'Utilization', averageUtilization: value },
    },
  });
  return build({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    meta: options,
    content: {
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: target,
        },
        minReplicas,
        maxReplicas,
        metrics: [utilization(70)],
      },
      status: {
        currentReplicas,
        desiredReplicas: currentReplicas,
        currentMetrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              current: { averageUtilization: options.cpuUtilization },
            },
          },
        ],
        conditions: [
          { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' },
          { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' },
          {
            type: 'ScalingLimited',
            status: limited ? 'True' : 'False',
            reason: limited ? 'TooManyReplicas' : 'DesiredWithinRange',
          },
        ],
      },
    },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}

/** A NetworkPolicy that denies all traffic to a namespace but what others allow. */
export function denyAllNetworkPolicy(
  options: NamespacedOptions,
): KubernetesObject {
  return build({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    meta: options,
    generation: true,
    content: {
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    managers: options.managedBy ?? [DEPLOYER],
  });
}

/** A ResourceQuota with what is used of it. */
export function resourceQuota(
  options: NamespacedOptions & {
    hard: Record<string, string>;
    used: Record<string, string>;
  },
): KubernetesObject {
  const { hard, used } = options;
  return build({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    meta: options,
    content: { spec: { hard }, status: { hard, used } },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}
