import { CertificateAuthority } from '../tls/CertificateAuthority';
import { planFleet } from '../scale/planFleet';
import { ScaleCluster } from '../scale/ScaleCluster';
import { describeContract } from './describeContract';

describeContract('a generated cluster', async () => {
  const [plan] = planFleet({ clusters: 1, workloads: 40, pods: 120, seed: 1 });
  const cluster = await ScaleCluster.start(
    { ...plan, version: 'v1.34.4-eks-abc123' },
    {
      authority: CertificateAuthority.ofProcess(),
      port: 0,
      bornAt: Date.now(),
      users: { 'limited-token': { name: 'limited', rules: [] } },
    },
  );
  const { server, source } = cluster;
  return {
    url: server.url,
    caPem: server.caPem,
    adminToken: server.adminToken,
    limitedToken: 'limited-token',
    limitedUser: 'limited',
    minor: 34,
    forgetHistory: async () => source.compact(),
    stop: () => server.stop(),
  };
});
