import type { JsonObject } from '@backstage/types';
import type {
  KubernetesObject,
  ListCollector,
} from '@roadbed/backstage-plugin-platform-node';
import { listCollector } from './listCollector';
import { conditions, selector } from './metadata';
import { podTemplate } from './podTemplate';
import {
  compact,
  count,
  flag,
  numberOrText,
  record,
  text,
  whole,
} from './projection';

const MINUTES = 5;

/** What the three controllers of long-running pods have in common. */
function rollout(object: KubernetesObject): JsonObject {
  const spec = record(object.spec);
  const status = record(object.status);
  return compact({
    ...podTemplate(spec.template),
    selector: selector(spec.selector),
    observedGeneration: whole(status.observedGeneration),
    conditions: conditions(status),
  });
}

/** A strategy by name, with how much it may take away and add at a time. */
function strategy(value: unknown): JsonObject | undefined {
  if (value === undefined) {
    return undefined;
  }
  const { type, rollingUpdate } = record(value);
  const { maxUnavailable, maxSurge, partition } = record(rollingUpdate);
  return compact({
    type: text(type, 32),
    maxUnavailable: numberOrText(maxUnavailable),
    maxSurge: numberOrText(maxSurge),
    partition: whole(partition),
  });
}

const deployments = listCollector({
  resource: {
    group: 'apps',
    versions: ['v1'],
    resource: 'deployments',
    kind: 'Deployment',
  },
  title: 'Deployments',
  minutes: MINUTES,
  doc: object => {
    const spec = record(object.spec);
    const status = record(object.status);
    return compact({
      ...rollout(object),
      // The API server writes 1 where nothing was asked for.
      desired: whole(spec.replicas) ?? 1,
      ready: count(status.readyReplicas),
      updated: count(status.updatedReplicas),
      available: count(status.availableReplicas),
      strategy: strategy(spec.strategy),
      paused: flag(spec.paused),
    });
  },
});

const statefulSets = listCollector({
  resource: {
    group: 'apps',
    versions: ['v1'],
    resource: 'statefulsets',
    kind: 'StatefulSet',
  },
  title: 'Stateful sets',
  minutes: MINUTES,
  doc: object => {
    const spec = record(object.spec);
    const status = record(object.status);
    return compact({
      ...rollout(object),
      desired: whole(spec.replicas) ?? 1,
      ready: count(status.readyReplicas),
      updated: count(status.updatedReplicas),
      available: count(status.availableReplicas),
      strategy: strategy(spec.updateStrategy),
      podManagementPolicy: text(spec.podManagementPolicy, 32),
      serviceName: text(spec.serviceName, 253),
    });
  },
});

const daemonSets = listCollector({
  resource: {
    group: 'apps',
    versions: ['v1'],
    resource: 'daemonsets',
    kind: 'DaemonSet',
  },
  title: 'Daemon sets',
  minutes: MINUTES,
  doc: object => {
    const status = record(object.status);
    return compact({
      ...rollout(object),
      desired: count(status.desiredNumberScheduled),
      ready: count(status.numberReady),
      updated: count(status.updatedNumberScheduled),
      available: count(status.numberAvailable),
      misscheduled: count(status.numberMisscheduled),
      strategy: strategy(record(object.spec).updateStrategy),
    });
  },
});

const cronJobs = listCollector({
  resource: {
    group: 'batch',
    versions: ['v1', 'v1beta1'],
    resource: 'cronjobs',
    kind: 'CronJob',
  },
  title: 'Cron jobs',
  minutes: MINUTES,
  doc: object => {
    const spec = record(object.spec);
    const status = record(object.status);
    const job = record(record(spec.jobTemplate).spec);
    return compact({
      ...podTemplate(job.template),
      schedule: text(spec.schedule, 128),
      timeZone: text(spec.timeZone, 64),
      suspend: flag(spec.suspend) ?? false,
      concurrencyPolicy: text(spec.concurrencyPolicy, 16),
      lastScheduleTime: text(status.lastScheduleTime, 32),
      lastSuccessfulTime: text(status.lastSuccessfulTime, 32),
      active: Array.isArray(status.active) ? status.active.length : 0,
    });
  },
});

const jobs = listCollector({
  resource: { group: 'batch', versions: ['v1'], resource: 'jobs', kind: 'Job' },
  title: 'Jobs',
  minutes: MINUTES,
  doc: object => {
    const spec = record(object.spec);
    const status = record(object.status);
    return compact({
      ...podTemplate(spec.template),
      selector: selector(spec.selector),
      suspend: flag(spec.suspend) ?? false,
      parallelism: whole(spec.parallelism) ?? 1,
      // Unset means: one success of any pod is enough.
      desired: whole(spec.completions) ?? 1,
      active: count(status.active),
      ready: count(status.ready),
      succeeded: count(status.succeeded),
      failed: count(status.failed),
      startTime: text(status.startTime, 32),
      completionTime: text(status.completionTime, 32),
      conditions: conditions(status),
    });
  },
});

/** Deployments, stateful sets, daemon sets, cron jobs and jobs. */
export const workloadCollectors: readonly ListCollector[] = [
  deployments,
  statefulSets,
  daemonSets,
  cronJobs,
  jobs,
];
