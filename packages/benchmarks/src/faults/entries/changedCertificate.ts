import { spread, type Fault } from '../Fault';
import { allShown, unreachable } from './observe';

/** Clusters show a certificate of an authority that nobody trusts. */
export const changedCertificate: Fault = {
  name: 'changed-certificate',
  stage: 'many-clusters',
  does: '10 % of the clusters show the certificate of another authority',
  struck: clusters => spread(clusters, 0.1),
  async strike(world, struck) {
    const { control } = world.simulator;
    const each = async (action: string) => {
      for (const name of struck) await control.act(name, action);
    };
    await each('swap-certificate');
    return {
      seen: () => allShown(world, struck, unreachable),
      heal: () => each('restore-certificate'),
    };
  },
};
