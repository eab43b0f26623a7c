import type { WorkloadKind } from '@roadbed/backstage-plugin-platform-common';

/** Which collector brings which kind of workload. */
export const KIND_BY_COLLECTOR: Readonly<Record<string, WorkloadKind>> =
  Object.freeze({
    deployments: 'Deployment',
    statefulsets: 'StatefulSet',
    daemonsets: 'DaemonSet',
    cronjobs: 'CronJob',
    jobs: 'Job',
  });

/** {@link KIND_BY_COLLECTOR}, the other way round. */
export const COLLECTOR_BY_KIND: Readonly<Record<WorkloadKind, string>> =
  Object.freeze({
    Deployment: 'deployments',
    StatefulSet: 'statefulsets',
    DaemonSet: 'daemonsets',
    CronJob: 'cronjobs',
    Job: 'jobs',
  });

/** The collectors of workloads. */
export const WORKLOAD_COLLECTORS = Object.keys(KIND_BY_COLLECTOR);

/**
 * Those of the collectors that bring workloads. One that is disabled is not
 * waited for, and what it brought before is not shown: nobody renews it.
 */
export function workloadCollectorsOf(collectors: readonly string[]): string[] {
  return WORKLOAD_COLLECTORS.filter(id => collectors.includes(id));
}
