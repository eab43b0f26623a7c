import type { WorkloadKind, WorkloadStatus } from './workloadSchemas';

/**
 * What is stored about a workload, as far as the verdict needs it. Absent
 * means that the cluster did not say.
 *
 * @public
 */
export interface WorkloadFacts {
  desired?: number;
  ready?: number;
  updated?: number;
  generation?: number;
  observedGeneration?: number;
  conditions?: Array<{ type: string; status: string; reason?: string }>;
  /** Of a Deployment, stateful set or daemon set. */
  strategy?: { type?: string; partition?: number };
  /** A Deployment whose rollout somebody stopped. */
  paused?: boolean;
  suspend?: boolean;
  active?: number;
  succeeded?: number;
  failed?: number;
  /** Set when a Job has finished well. */
  completionTime?: string;
}

/** The verdict on a workload and, when it is not a good one, why. @public */
export interface WorkloadVerdict {
  status: WorkloadStatus;
  message: string | null;
}

const good = (status: WorkloadStatus): WorkloadVerdict => ({
  status,
  message: null,
});

/**
 * The verdict on a workload from what its controller reports. See
 * `workloadStatusSchema` for the verdicts.
 *
 * @remarks
 * A status is believed only when the controller has seen the present spec
 * (`observedGeneration`); before that a change is going on.
 *
 * @public
 */
export function workloadStatus(
  kind: WorkloadKind,
  facts: WorkloadFacts,
): WorkloadVerdict {
  switch (kind) {
    case 'CronJob':
      return facts.suspend ? good('suspended') : good('ready');
    case 'Job':
      return jobStatus(facts);
    default:
      return rolloutStatus(facts);
  }
}

function isTrue(facts: WorkloadFacts, type: string): boolean {
  return (
    facts.conditions?.some(
      condition => condition.type === type && condition.status === 'True',
    ) ?? false
  );
}

function jobStatus(facts: WorkloadFacts): WorkloadVerdict {
  if (isTrue(facts, 'Failed')) {
    const reason = facts.conditions?.find(
      ({ type }) => type === 'Failed',
    )?.reason;
    return {
      status: 'failed',
      message: `The job failed${reason ? `: ${reason}` : ''}`,
    };
  }
  if (isTrue(facts, 'Complete') || facts.completionTime) {
    return good('completed');
  }
  if (facts.suspend) return good('suspended');
  if ((facts.active ?? 0) > 0) return good('progressing');
  return {
    status: 'unknown',
    message: 'The job has neither started nor finished',
  };
}

function rolloutStatus(facts: WorkloadFacts): WorkloadVerdict {
  const { desired, ready } = facts;
  if (desired === undefined) {
    return { status: 'unknown', message: 'The cluster did not say how many' };
  }
  const progressing = facts.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return {
      status: 'failed',
      message: `The rollout is past its progress deadline, ${
        ready ?? 0
      } of ${desired} ready`,
    };
  }
  if (
    facts.generation !== undefined &&
    (facts.observedGeneration ?? 0) < facts.generation
  ) {
    return {
      status: 'progressing',
      message: 'The controller has not seen the newest change yet',
    };
  }
  if (desired === 0) return good('scaled_down');
  const updated = facts.updated ?? desired;
  if (updated < updatedAtLeast(facts, desired)) {
    return {
      status: 'progressing',
      message: facts.paused
        ? `The rollout is paused, ${updated} of ${desired} updated`
        : `Rolling out, ${updated} of ${desired} updated`,
    };
  }
  if ((ready ?? 0) >= desired) return good('ready');
  // A Deployment says when a rollout is over; the others are told by `updated`.
  const goesOn =
    progressing?.status === 'True' &&
    progressing.reason !== 'NewReplicaSetAvailable';
  return {
    status: goesOn ? 'progressing' : 'not_ready',
    message: `${goesOn ? 'Rolling out, ' : ''}${
      ready ?? 0
    } of ${desired} ready`,
  };
}

/**
 * How many pods a finished rollout has updated: all of them, but those below
 * the partition of a stateful set stay, and with `OnDelete` people decide.
 */
function updatedAtLeast({ strategy }: WorkloadFacts, desired: number): number {
  if (strategy?.type === 'OnDelete') return 0;
  return Math.max(0, desired - (strategy?.partition ?? 0));
}

/** The verdicts, those that need somebody soonest first. @public */
export const WORKLOAD_STATUSES_WORST_FIRST: readonly WorkloadStatus[] =
  Object.freeze([
    'failed',
    'not_ready',
    'progressing',
    'unknown',
    'scaled_down',
    'suspended',
    'ready',
    'completed',
  ]);

/** Verdicts that count as "not ready" in sums over workloads. @public */
export const NOT_READY_STATUSES: readonly WorkloadStatus[] = Object.freeze([
  'failed',
  'not_ready',
]);
