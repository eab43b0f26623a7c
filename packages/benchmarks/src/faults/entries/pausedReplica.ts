import type { Fault } from '../Fault';
import type { World } from '../stage/World';
import { strikeInList, takenOver, type StruckList } from './runningList';

/** A replica stands still in the middle of a list, longer than its lease. */
export const pausedReplica: Fault = {
  name: 'paused-replica',
  stage: 'long-lists',
  does: 'SIGSTOP of a replica in the middle of a list, past its lease, then SIGCONT',
  struck: () => 'all',
  async strike(world) {
    const list = await strikeInList(world, 'SIGSTOP');
    const { replica } = list;
    return {
      seen: () => takenOver(world, list),
      async heal() {
        await list.endSlowness();
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
  list: StruckList,
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
