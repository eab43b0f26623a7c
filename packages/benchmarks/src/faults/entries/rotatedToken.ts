import { spread, type Fault } from '../Fault';
import { allShown, problem } from './observe';

/**
 * The configured token of a cluster is not valid any more. The new one is in
 * the configuration; replicas take it when they are started again, one after
 * the other.
 */
export const rotatedToken: Fault = {
  name: 'rotated-token',
  stage: 'many-clusters',
  does: 'the token of one cluster in fifty is replaced; the replicas are restarted one by one with the new one',
  struck: clusters => spread(clusters, 1 / 50),
  async strike(world, struck) {
    const { control } = world.simulator;
    for (const name of struck) await control.act(name, 'rotate-token');
    return {
      seen: () => allShown(world, struck, problem('unauthorized')),
      async heal() {
        for (const replica of [...world.replicas]) {
          world.without(replica);
          await replica.stop();
          await world.replace(replica);
        }
      },
    };
  },
};
