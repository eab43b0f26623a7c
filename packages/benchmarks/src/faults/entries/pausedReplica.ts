import type { Fault } from '../Fault';
import { readNow } from '../stage/databaseClock';
import type { World } from '../stage/World';
import {
  runningList,
  slowLists,
  takenOver,
  type RunningList,
} from './runningList';

/** A replica stands still in the middle of a list, longer than its lease. */
export const pausedReplica: Fault = {
  name: 'paused-replica',
  stage: 'long-lists',
  does: 'SIGSTOP of a replica in the middle of a list, past its lease, then SIGCONT',
  struck: () => 'all',
  async strike(world) {
    const end = await slowLists(world);
    const list = await runningList(world);
    const { replica } = list;
    world.without(replica);
    replica.kill('SIGSTOP');
    const stoppedAt = await readNow(world.knex);
    return {
      seen: () => takenOver(world, list, stoppedAt),
      async heal() {
        await end();
        replica.kill('SIGCONT');
        world.with(replica);
      },
      recovered: () => fenced(world, list),
    };
  },
};

/** What the paused run came to: it must have been stopped by its epoch. */
async function fenced(
  world: World,
  list: RunningList,
): Promise<string | undefined> {
  const run = await world
    .knex('collect_runs')
    .where({
      cluster_id: list.clusterId,
      collector: 'pods',
      epoch: list.epoch,
    })
    .first('outcome', 'code');
  if (!run) return undefined;
  if (run.code !== 'lease_lost') {
    throw new Error(
      `The run with epoch ${list.epoch} ended with ${run.outcome} (${run.code}) although it had been taken over`,
    );
  }
  return `the old run ended with "lease_lost" (epoch ${list.epoch}), nothing of it was written`;
}
