import { registerDescribeCluster } from './describeClusterAction';
import type { ActionOptions } from './fleetAction';
import { registerListClusters } from './listClustersAction';
import { registerListUnownedWorkloads } from './listUnownedWorkloadsAction';
import { registerWhereDoesEntityRun } from './whereDoesEntityRunAction';

/** Registers what the fleet can be asked by programs and assistants. */
export function registerFleetActions(options: ActionOptions): void {
  registerListClusters(options);
  registerDescribeCluster(options);
  registerWhereDoesEntityRun(options);
  registerListUnownedWorkloads(options);
}
