import type { JsonArray } from '@backstage/types';
import type { ListCollector } from '@roadbed/backstage-plugin-platform-node';
import { listCollector } from './listCollector';
import { conditions, managed, selector } from './metadata';
import {
  compact,
  compactAll,
  count,
  numberOrText,
  quantity,
  record,
  records,
  text,
  whole,
} from './projection';

const podDisruptionBudgets = listCollector({
  resource: {
    group: 'policy',
    versions: ['v1', 'v1beta1'],
    resource: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
  },
  title: 'Pod disruption budgets',
  minutes: 5,
  doc: object => {
    const spec = record(object.spec);
    const status = record(object.status);
    return compact({
      minAvailable: numberOrText(spec.minAvailable),
      maxUnavailable: numberOrText(spec.maxUnavailable),
      selector: selector(spec.selector),
      unhealthyPodEvictionPolicy: text(spec.unhealthyPodEvictionPolicy, 32),
      disruptionsAllowed: whole(status.disruptionsAllowed),
      currentHealthy: whole(status.currentHealthy),
      desiredHealthy: whole(status.desiredHealthy),
      expectedPods: whole(status.expectedPods),
      observedGeneration: whole(status.observedGeneration),
      conditions: conditions(status),
    });
  },
});

const horizontalPodAutoscalers = listCollector({
  resource: {
    group: 'autoscaling',
    versions: ['v2', 'v2beta2', 'v1'],
    resource: 'horizontalpodautoscalers',
    kind: 'HorizontalPodAutoscaler',
  },
  title: 'Horizontal pod autoscalers',
  minutes: 5,
  doc: object => {
    const spec = record(object.spec);
    const status = record(object.status);
    const target = record(spec.scaleTargetRef);
    return compact({
      target: compact({
        apiVersion: text(target.apiVersion, 128),
        kind: text(target.kind, 128),
        name: text(target.name, 253),
      }),
      minReplicas: whole(spec.minReplicas) ?? 1,
      maxReplicas: whole(spec.maxReplicas),
      currentReplicas: count(status.currentReplicas),
      desiredReplicas: count(status.desiredReplicas),
      metrics: metrics(spec),
      conditions: conditions(status),
      // Its status is written every fifteen seconds.
      managed: managed(object, { statusTimes: false }),
    });
  },
});

/** What an autoscaler looks at: resources with their target, others by type. */
function metrics(spec: Record<string, unknown>): JsonArray {
  const cpu = whole(spec.targetCPUUtilizationPercentage);
  if (cpu !== undefined) {
    return [{ type: 'Resource', name: 'cpu', averageUtilization: cpu }];
  }
  return compactAll(
    records(spec.metrics, 20).map(metric => {
      const resource = record(metric.resource ?? metric.containerResource);
      const target = record(resource.target);
      return {
        type: text(metric.type, 32),
        name: text(resource.name, 128),
        averageUtilization: whole(target.averageUtilization),
        averageValue: quantity(target.averageValue),
      };
    }),
  );
}

/** Pod disruption budgets and horizontal pod autoscalers. */
export const scalingCollectors: readonly ListCollector[] = [
  podDisruptionBudgets,
  horizontalPodAutoscalers,
];
