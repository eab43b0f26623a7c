import type { ObjectStore } from '../store/ObjectStore';
import { applyAddons } from './addons';
import type { ClusterPlan } from './clusterPlans';
import { nodesOf } from './nodes';
import type { PopulationContext } from './PopulationContext';
import { Random } from '../Random';
import { applySystems } from './systemNamespaces';
import { applyTroubles } from './troubles';

/** Fills a store with what a cluster of the demo company holds; equal seeds give equal clusters. */
export function populateCluster(options: {
  store: ObjectStore;
  plan: ClusterPlan;
  seed: number;
  /** Epoch milliseconds. */
  now: number;
}): void {
  const { store, plan, seed, now } = options;
  const nodes = nodesOf(plan, now).map(
    object => store.apply(object).metadata.name!,
  );
  let placed = 0;
  const context: PopulationContext = {
    store,
    plan,
    now,
    random: new Random(`${seed}/${plan.name}`),
    nextNode: () => nodes[placed++ % nodes.length],
  };
  applyAddons(context);
  applySystems(context);
  applyTroubles(context);
  // The past of a new cluster is of no use to anybody.
  store.compact();
}
