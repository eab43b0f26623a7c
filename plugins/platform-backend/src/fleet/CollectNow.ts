import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  platformClusterCollectPermission,
  type collectClusterRoute,
  type RouteResponse,
} from '@roadbed/backstage-plugin-platform-common';
import type { CollectRequests } from '../collect/queue/CollectRequests';
import { TooManyRequestsError } from '../http/TooManyRequestsError';
import type { Caller } from './access/Caller';
import type { Callers } from './access/Callers';
import type { StoredCluster } from './clusterView';
import type { FleetStore } from './FleetStore';
import { noSuchCluster } from './noSuchCluster';

/** Has a cluster collected now, for a person who asks for it. */
export class CollectNow {
  constructor(
    private readonly options: {
      fleet: FleetStore;
      requests: CollectRequests;
      callers: Pick<Callers, 'clusterScope'>;
    },
  ) {}

  /**
   * Makes the cluster's jobs due.
   *
   * @throws NotFoundError for a cluster that the caller may not see
   * @throws NotAllowedError for one that the caller may see, but not collect
   * @throws ConflictError for one that can not be collected
   * @throws TooManyRequestsError when it was asked for a moment ago
   */
  async collect(options: {
    name: string;
    caller: Caller;
    credentials: BackstageCredentials;
  }): Promise<RouteResponse<typeof collectClusterRoute>> {
    const { name, caller, credentials } = options;
    const { fleet, callers, requests } = this.options;
    const find = async (scope: Caller['clusters']) =>
      (await fleet.snapshot(scope, { only: { name } })).clusters.at(0);
    const cluster = await find(caller.clusters);
    if (!cluster) throw noSuchCluster(name);
    const collectable = await callers.clusterScope(
      credentials,
      platformClusterCollectPermission,
    );
    if (!(await find(collectable))) {
      throw new NotAllowedError(
        `You need the permission ${platformClusterCollectPermission.name} for cluster "${name}"; whoever keeps the permission policy of the portal can give it`,
      );
    }
    refuseWhatCannotBe(cluster);
    const outcome = await requests.request(cluster.rowId);
    if (!outcome.accepted) {
      const seconds = Math.ceil(outcome.retryAfterMs / 1_000);
      throw new TooManyRequestsError(
        `Cluster "${name}" was asked for less than a minute ago; ask again in ${seconds} seconds`,
        seconds,
      );
    }
    const { queued, skipped } = outcome;
    return { cluster: name, queued, skipped };
  }
}

function refuseWhatCannotBe(cluster: StoredCluster): void {
  if (cluster.accessProblem) {
    throw new ConflictError(
      `Cluster "${cluster.name}" can not be collected: ${cluster.accessProblem.message}`,
    );
  }
  if (cluster.duplicateOf !== null) {
    throw new ConflictError(
      `Cluster "${cluster.name}" is a second name of a cluster that is collected under another one`,
    );
  }
  if (cluster.missingSince !== null) {
    throw new ConflictError(
      `Cluster "${cluster.name}" is not in the cluster list of the Kubernetes plugin any more, so there is nowhere to collect it from`,
    );
  }
}
