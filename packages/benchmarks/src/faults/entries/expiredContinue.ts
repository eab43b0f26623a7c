import { spread, type Fault } from '../Fault';
import { readNow } from '../stage/databaseClock';
import { countRuns } from './observe';

/**
 * Continue tokens are answered with 410: a list is begun again, and read in one
 * piece when that fails too, so it costs three times as much and is complete.
 */
export const expiredContinue: Fault = {
  name: 'expired-continue',
  stage: 'long-lists',
  does: '410 in the middle of every list of every second cluster',
  struck: clusters => spread(clusters, 0.5),
  async strike(world, struck) {
    const { control } = world.simulator;
    const since = await readNow(world.knex);
    const id = await control.injectFault([...struck], {
      kind: 'expire-continue',
    });
    return {
      async seen() {
        const runs = await countRuns(world, {
          since,
          where: `outcome = 'success' and collector = 'pods' and requests > pages`,
        });
        return runs > 0
          ? `${runs} lists of pods were begun again after a 410 and were complete`
          : undefined;
      },
      heal: () => control.clearFaults(id),
    };
  },
};
