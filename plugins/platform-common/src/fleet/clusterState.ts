import type { ClusterReason, ClusterState } from './clusterSchemas';
import type { Coverage } from './coverageSchemas';

/** What is stored about a cluster, for the verdict on it. @public */
export interface ClusterStateFacts {
  /** Why there is no way in; absent when there is one. */
  accessProblem?: { code: string; message: string; remedy?: string };
  /** The name under which the same cluster is collected. */
  duplicateOf?: string;
  /** ISO instant since when it is not in the portal's cluster list. */
  missingSince?: string;
  /** Set while the circuit breaker is open. */
  unreachable?: { since: string; code: string; message: string };
  coverage: Array<
    Pick<Coverage, 'collector' | 'title' | 'state' | 'asOf' | 'problem'>
  >;
}

/**
 * The verdict on the stored picture of a cluster and its reasons, the most
 * important first. The worst state wins; see `clusterStateSchema` for their
 * order.
 *
 * @public
 */
export function clusterState(facts: ClusterStateFacts): {
  state: ClusterState;
  reasons: ClusterReason[];
} {
  const findings = [
    ...wholeCluster(facts),
    ...unfinished(facts),
    ...ofCoverage(facts, 'stale', 'stale'),
    ...ofCoverage(facts, 'not_collected', 'partial'),
  ];
  return {
    state: findings[0]?.state ?? 'fresh',
    reasons: findings.map(({ reason }) => reason),
  };
}

interface Finding {
  state: ClusterState;
  reason: ClusterReason;
}

function wholeCluster(facts: ClusterStateFacts): Finding[] {
  const findings: Finding[] = [];
  if (facts.accessProblem) {
    findings.push({ state: 'not_collectable', reason: facts.accessProblem });
  }
  if (facts.duplicateOf !== undefined) {
    findings.push({
      state: 'duplicate',
      reason: {
        code: 'duplicate_identity',
        message: `A second name of ${facts.duplicateOf}: both have the same kube-system namespace`,
        remedy: `Remove one of the two names from the Kubernetes configuration of the portal; until then the cluster is collected as ${facts.duplicateOf}`,
      },
    });
  }
  if (facts.missingSince !== undefined) {
    findings.push({
      state: 'missing',
      reason: {
        code: 'missing',
        message:
          'Not in the cluster list of the Kubernetes plugin any more; its data is kept through the grace period',
        since: facts.missingSince,
      },
    });
  }
  if (facts.unreachable) {
    findings.push({
      state: 'unreachable',
      reason: {
        code: facts.unreachable.code,
        message: facts.unreachable.message,
        since: facts.unreachable.since,
      },
    });
  }
  return findings;
}

function unfinished(facts: ClusterStateFacts): Finding[] {
  const { coverage, unreachable, missingSince } = facts;
  // Nothing goes on in a cluster that does not answer or is not asked.
  if (unreachable || missingSince !== undefined) return [];
  const pending = coverage.filter(({ state }) => state === 'pending');
  if (pending.length === 0) return [];
  return [
    {
      state: 'collecting',
      reason: {
        code: 'collecting',
        message: `The first collection goes on: ${
          coverage.length - pending.length
        } of ${coverage.length} collectors have run`,
      },
    },
  ];
}

function ofCoverage(
  { coverage, unreachable }: ClusterStateFacts,
  coverageState: Coverage['state'],
  state: ClusterState,
): Finding[] {
  return (
    coverage
      .filter(entry => entry.state === coverageState)
      // What follows from the whole cluster being away is said once.
      .filter(({ problem }) => !problem || problem.code !== unreachable?.code)
      .map(entry => ({ state, reason: reasonOf(entry) }))
  );
}

function reasonOf({
  collector,
  title,
  state,
  asOf,
  problem,
}: ClusterStateFacts['coverage'][number]): ClusterReason {
  const rule = problem?.missingRule;
  const reason: ClusterReason = {
    code: problem?.code ?? state,
    collector,
    message: `${title}: ${
      state === 'stale' ? 'older than their cadence allows' : 'not collected'
    }`,
  };
  if (rule) {
    reason.message += `, needs ${rule.verbs.join(', ')} ${rule.resources.join(
      ', ',
    )}`;
    reason.remedy = `Allow ${rule.verbs.join(', ')} on ${rule.resources
      .map(resource => qualified(resource, rule.apiGroups))
      .join(', ')} in the ClusterRole of Roadbed's credentials`;
  } else if (problem) {
    reason.message += ` (${problem.message})`;
  }
  if (asOf !== null) reason.since = asOf;
  return reason;
}

function qualified(resource: string, apiGroups: string[]): string {
  const group = apiGroups.find(name => name !== '');
  return group ? `${resource}.${group}` : resource;
}
