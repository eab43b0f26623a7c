import type { Fault } from '../Fault';
import { assertNothingTwice, strikeInList, takenOver } from './runningList';

/** A replica ends in the middle of a list, without a word. */
export const killedReplica: Fault = {
  name: 'killed-replica',
  stage: 'long-lists',
  does: 'kill -9 of a replica in the middle of a list',
  struck: () => 'all',
  async strike(world) {
    const list = await strikeInList(world, 'SIGKILL');
    const { replica } = list;
    return {
      seen: () => takenOver(world, list),
      async heal() {
        await list.endSlowness();
        await replica.stop();
        await world.replace(replica);
      },
      async recovered() {
        await assertNothingTwice(world, list.struckAt);
        return 'nothing was collected twice at once';
      },
    };
  },
};
