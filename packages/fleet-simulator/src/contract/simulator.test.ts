import { startSimulatedCluster } from '../SimulatedCluster';
import { namespace } from '../builders/namespace';
import { describeContract } from './describeContract';

describeContract('the simulator', async () => {
  const cluster = await startSimulatedCluster({
    name: 'contract',
    version: 'v1.34.4-eks-abc123',
    users: { 'limited-token': { name: 'limited', rules: [] } },
  });
  return {
    url: cluster.url,
    caPem: cluster.caPem,
    adminToken: cluster.adminToken,
    limitedToken: 'limited-token',
    limitedUser: 'limited',
    minor: 34,
    forgetHistory: async () => {
      // A change after the lists of a test, so that theirs is the past.
      cluster.store.apply(namespace({ name: 'default' }));
      cluster.store.compact();
    },
    stop: () => cluster.stop(),
  };
});
