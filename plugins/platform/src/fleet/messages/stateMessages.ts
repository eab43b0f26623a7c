/** The words of verdicts: one or two each, for chips. */
export const stateMessages = {
  clusterState: {
    not_collectable: 'no access',
    duplicate: 'two names',
    missing: 'left the list',
    unreachable: 'unreachable',
    collecting: 'collecting',
    stale: 'stale',
    partial: 'partial',
    fresh: 'fresh',
  },
  coverageState: {
    pending: 'pending',
    collected: 'collected',
    stale: 'stale',
    not_collected: 'not collected',
    not_served: 'not served',
  },
  workloadStatus: {
    failed: 'failed',
    not_ready: 'not ready',
    progressing: 'progressing',
    ready: 'ready',
    scaled_down: 'scaled down',
    suspended: 'suspended',
    completed: 'completed',
    unknown: 'unknown',
  },
  supportState: {
    unsupported: 'unsupported',
    extended: 'extended',
    ending_soon: 'ending soon',
    maintenance: 'maintenance',
    supported: 'supported',
    unknown: 'unknown',
  },
  outcome: { success: 'success', partial: 'partial', error: 'error' },
} as const;
