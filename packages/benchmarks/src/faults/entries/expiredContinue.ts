import type { Fault } from '../Fault';
import { readNow } from '../stage/databaseClock';
import { countRuns } from './observe';

/**
 * Continue tokens are answered with 410, always in one half of the clusters and
 * now and then in the other: a list is begun again, and read in one piece when
 * that fails too.
 */
export const expiredContinue: Fault = {
  name: 'expired-continue',
  stage: 'long-lists',
  does: '410 in the middle of lists: always in half of the clusters, every third time in the others',
  struck: () => [],
  async strike(world) {
    const { control } = world.simulator;
    const since = await readNow(world.knex);
    const halves = [0, 1].map(half =>
      world.clusters.filter((_, index) => index % 2 === half),
    );
    const ids = [
      await control.injectFault(halves[0], { kind: 'expire-continue' }),
      await control.injectFault(halves[1], {
        kind: 'expire-continue',
        every: 3,
      }),
    ];
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
      async heal() {
        for (const id of ids) await control.clearFaults(id);
      },
    };
  },
};
