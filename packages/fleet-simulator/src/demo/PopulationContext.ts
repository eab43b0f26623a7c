import type { Manager } from '../builders/meta';
import type { ObjectStore } from '../store/ObjectStore';
import type { ClusterPlan } from './clusterPlans';
import type { Random } from '../Random';

/** What the parts of a population work with. */
export interface PopulationContext {
  store: ObjectStore;
  plan: ClusterPlan;
  random: Random;
  /** Epoch milliseconds of the start. */
  now: number;
  /** Where the next pod runs; goes round the nodes. */
  nextNode: () => string;
}

const HOUR = 3_600_000;

/** A time up to so many days before the start, in whole seconds. */
export function before(context: PopulationContext, days: number): number {
  const { now, random } = context;
  const milliseconds = HOUR + random.next() * (days * 24 - 1) * HOUR;
  return Math.floor((now - milliseconds) / 1000) * 1000;
}

/** Who deploys services in a cluster. */
export function deployerOf(plan: ClusterPlan, at: number): Manager {
  return plan.provider === 'on-prem'
    ? { name: 'kubectl-client-side-apply', at }
    : { name: 'argocd-controller', operation: 'Apply', at };
}
