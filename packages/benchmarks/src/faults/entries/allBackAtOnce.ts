import type { Fault } from '../Fault';
import { allShown, unreachable } from './observe';

/** `requestsPerCluster`, over all replicas. */
const MAX_IN_FLIGHT = 2;

/** Every cluster is away, and all come back in the same moment. */
export const allBackAtOnce: Fault = {
  name: 'all-back-at-once',
  stage: 'many-clusters',
  does: 'all clusters refuse every connection, and all come back at once',
  struck: () => 'all',
  measured: 'recovery',
  async strike(world) {
    const { control } = world.simulator;
    const id = await control.injectFault([...world.clusters], {
      kind: 'refuse-connections',
    });
    return {
      seen: () => allShown(world, world.clusters, unreachable),
      async heal() {
        await control.resetStats();
        await control.clearFaults(id);
      },
      async recovered() {
        const { clusters } = await control.stats();
        const most = Math.max(
          ...Object.values(clusters).map(({ maxInFlight }) => maxInFlight),
        );
        if (most > MAX_IN_FLIGHT) {
          throw new Error(`A cluster was asked ${most} things at a time`);
        }
        return `no cluster was asked more than ${most} things at a time when they were back`;
      },
    };
  },
};
