import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { AskPlatform } from './callerPlatform';
import { registerDescribeCluster } from './describeClusterAction';
import { registerListClusters } from './listClustersAction';
import { registerListUnownedWorkloads } from './listUnownedWorkloadsAction';
import { registerWhereDoesEntityRun } from './whereDoesEntityRunAction';

/** What an action is made with. */
export interface ActionOptions {
  actionsRegistry: ActionsRegistryService;
  askPlatform: AskPlatform;
}

/** What all actions of the room have in common: they change nothing. */
export const READ_ONLY = Object.freeze({
  readOnly: true,
  destructive: false,
  idempotent: true,
});

/** Registers what the fleet can be asked by programs and assistants. */
export function registerFleetActions(options: ActionOptions): void {
  registerListClusters(options);
  registerDescribeCluster(options);
  registerWhereDoesEntityRun(options);
  registerListUnownedWorkloads(options);
}
