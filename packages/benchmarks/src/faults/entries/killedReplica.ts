import type { Fault } from '../Fault';
import { readNow } from '../stage/databaseClock';
import {
  assertNothingTwice,
  runningList,
  slowLists,
  takenOver,
} from './runningList';

/** A replica ends in the middle of a list, without a word. */
export const killedReplica: Fault = {
  name: 'killed-replica',
  stage: 'long-lists',
  does: 'kill -9 of a replica in the middle of a list',
  struck: () => 'all',
  async strike(world) {
    const end = await slowLists(world);
    const list = await runningList(world);
    const { replica } = list;
    world.without(replica);
    replica.kill('SIGKILL');
    const killedAt = await readNow(world.knex);
    return {
      seen: () => takenOver(world, list, killedAt),
      async heal() {
        await end();
        await replica.stop();
        await world.replace(replica);
      },
      async recovered() {
        await assertNothingTwice(world, killedAt);
        return 'nothing was collected twice at once';
      },
    };
  },
};
