import type {
  ClusterState,
  ClusterSupportState,
  Collection,
  Coverage,
  WorkloadStatus,
} from '@roadbed/backstage-plugin-platform-common';
import type { Severity } from '../components/colors';

/** How serious each state of a cluster is. */
export const CLUSTER_SEVERITY: Readonly<Record<ClusterState, Severity>> = {
  not_collectable: 'error',
  duplicate: 'warning',
  missing: 'warning',
  unreachable: 'error',
  collecting: 'info',
  stale: 'warning',
  partial: 'unknown',
  fresh: 'ok',
};

/** How serious each state of a version's support is. */
export const SUPPORT_SEVERITY: Readonly<Record<ClusterSupportState, Severity>> =
  {
    unsupported: 'error',
    extended: 'warning',
    ending_soon: 'warning',
    maintenance: 'info',
    supported: 'ok',
    unknown: 'unknown',
  };

/** How serious each state of a collector's coverage is. */
export const COVERAGE_SEVERITY: Readonly<Record<Coverage['state'], Severity>> =
  {
    pending: 'info',
    collected: 'ok',
    stale: 'warning',
    not_collected: 'unknown',
    not_served: 'neutral',
  };

/** How serious each status of a workload is. */
export const WORKLOAD_SEVERITY: Readonly<Record<WorkloadStatus, Severity>> = {
  failed: 'error',
  not_ready: 'warning',
  progressing: 'info',
  ready: 'ok',
  scaled_down: 'neutral',
  suspended: 'neutral',
  completed: 'neutral',
  unknown: 'unknown',
};

/** How serious each outcome of a run is. */
export const OUTCOME_SEVERITY: Readonly<
  Record<Collection['outcome'], Severity>
> = { success: 'ok', partial: 'warning', error: 'error' };
