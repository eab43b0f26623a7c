import type { KubernetesObject } from '../kubernetes';
import { timestamp } from '../store/ObjectStore';
import { build, CONTROLLER, DEPLOYER, type NamespacedOptions } from './meta';
import { podSpec, type PodTemplateOptions } from './podTemplate';

/** A CronJob. */
export interface CronJobOptions extends NamespacedOptions, PodTemplateOptions {
  schedule: string;
  suspended?: boolean;
  /** Epoch milliseconds. */
  lastScheduledAt?: number;
  lastSucceededAt?: number;
}

/** A CronJob with the time of its last run. */
export function cronJob(options: CronJobOptions): KubernetesObject {
  const { lastScheduledAt, lastSucceededAt } = options;
  return build({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    meta: options,
    generation: true,
    content: {
      spec: {
        schedule: options.schedule,
        suspend: options.suspended ?? false,
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
        jobTemplate: { spec: { template: jobTemplate(options) } },
      },
      status: {
        ...(lastScheduledAt
          ? { lastScheduleTime: timestamp(lastScheduledAt) }
          : {}),
        ...(lastSucceededAt
          ? { lastSuccessfulTime: timestamp(lastSucceededAt) }
          : {}),
      },
    },
    managers: options.managedBy ?? [DEPLOYER, CONTROLLER],
  });
}

/** A Job. */
export interface JobOptions extends NamespacedOptions, PodTemplateOptions {
  /** Complete unless given. */
  outcome?: 'Complete' | 'Failed' | 'Running';
  /** How long it took or has been taking. */
  durationMs?: number;
}

/** A Job in one of its ends, or on its way. */
export function job(options: JobOptions): KubernetesObject {
  const { outcome = 'Complete', createdAt = 0, durationMs = 45_000 } = options;
  const startTime = timestamp(createdAt);
  const end = timestamp(createdAt + durationMs);
  return build({
    apiVersion: 'batch/v1',
    kind: 'Job',
    meta: options,
    generation: true,
    content: {
      spec: {
        completions: 1,
        parallelism: 1,
        backoffLimit: 6,
        completionMode: 'NonIndexed',
        suspend: false,
        template: jobTemplate(options),
      },
      status: {
        startTime,
        ...outcomeStatus(outcome, end),
      },
    },
    managers: options.managedBy ?? [
      { name: 'kube-controller-manager' },
      CONTROLLER,
    ],
  });
}

function outcomeStatus(
  outcome: 'Complete' | 'Failed' | 'Running',
  end: string,
) {
  if (outcome === 'Running') return { active: 1, ready: 1 };
  const condition = {
    type: outcome,
    status: 'True',
    lastProbeTime: end,
    lastTransitionTime: end,
  };
  return outcome === 'Complete'
    ? {
        succeeded: 1,
        completionTime: end,
        conditions: [
          { ...condition, reason: 'CompletionsReached', message: '' },
        ],
      }
    : {
        failed: 7,
        conditions: [
          {
            ...condition,
            reason: 'BackoffLimitExceeded',
            message: 'Job has reached the specified backoff limit',
          },
        ],
      };
}

function jobTemplate(options: CronJobOptions | JobOptions) {
  return {
    metadata: { labels: { ...options.labels, ...options.podLabels } },
    spec: podSpec({ ...options, defaultName: options.name }, 'OnFailure'),
  };
}
