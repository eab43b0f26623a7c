import type { Fault } from '../Fault';
import { allShown } from './observe';

const HOUR_MS = 3_600_000;

/**
 * The clocks of the clusters are wrong, ahead in one half of them and behind
 * in the other. Ages must be those of the database's clock all the same.
 */
export const clockSkew: Fault = {
  name: 'clock-skew',
  stage: 'many-clusters',
  does: 'the clocks of all clusters are an hour off, half of them ahead and half behind',
  struck: () => [],
  async strike(world) {
    const { control } = world.simulator;
    const ahead = world.clusters.filter((_, index) => index % 2 === 0);
    const behind = world.clusters.filter((_, index) => index % 2 === 1);
    await control.setClock(HOUR_MS, ahead);
    await control.setClock(-HOUR_MS, behind);
    return {
      seen: () =>
        allShown(world, world.clusters, ({ state, coverage }) => {
          const ages = coverage.map(({ asOf }) =>
            asOf === null ? Infinity : Date.now() - Date.parse(asOf),
          );
          return state === 'fresh' &&
            Math.max(...ages) < HOUR_MS / 2 &&
            Math.min(...ages) > -HOUR_MS / 2
            ? 'shown as fresh, with ages by the clock of the database'
            : undefined;
        }),
      heal: () => control.setClock(0, [...world.clusters]),
    };
  },
};
