import type {
  ClusterReason,
  ClusterState,
} from '@roadbed/backstage-plugin-platform-common';
import {
  clusterVerdict,
  type CollectorInfo,
  type JudgedCluster,
  type JudgedCoverage,
} from './clusterVerdict';
import { isoOrNull } from './isoOrNull';

/** A cluster as it is stored, as far as {@link ClusterBrief} needs it. */
export interface StoredClusterBrief extends JudgedCluster {
  rowId: number;
  title: string | null;
  environment: string | null;
  /** `undefined` of a collector that has not run. */
  coverageOf(collector: string): JudgedCoverage | undefined;
}

/** What lists of workloads say about the clusters that they are in. */
export interface ClusterBrief {
  rowId: number;
  name: string;
  title: string | null;
  environment: string | null;
  state: ClusterState;
  /** The most important first. */
  reasons: ClusterReason[];
  oldestDataAt: string | null;
  /** How old what a collector brought is; `null` when it never did. */
  asOf(collector: string): string | null;
}

/** Puts the verdict on a stored cluster, for a list of workloads. */
export function clusterBrief(options: {
  stored: StoredClusterBrief;
  collectors: readonly CollectorInfo[];
  /** `undefined` for a cluster that the caller may not see. */
  nameOf(rowId: number): string | undefined;
  now: number;
}): ClusterBrief {
  const { stored, collectors, nameOf, now } = options;
  const { state, reasons, oldestAt, coverageOf } = clusterVerdict({
    stored,
    coverageOf: stored.coverageOf,
    collectors,
    nameOf,
    now,
  });
  return {
    rowId: stored.rowId,
    name: stored.name,
    title: stored.title,
    environment: stored.environment,
    state,
    reasons,
    oldestDataAt: isoOrNull(oldestAt),
    asOf: collector => coverageOf(collector)?.asOf ?? null,
  };
}
