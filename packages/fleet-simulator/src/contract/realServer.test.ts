import {
  compactEtcd,
  controlPlaneAvailability,
  startControlPlane,
  waitFor,
} from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import { testClient } from '../testing/testClient';
import { describeContract } from './describeContract';

// Watch caches look for compactions every 15 seconds.
const COMPACTION_TIMEOUT_MS = 40_000;

describeWith(controlPlaneAvailability())('a real API server', () => {
  describeContract('of 1.34', async () => {
    const plane = await startControlPlane({
      minor: '1.34',
      tokens: [{ name: 'limited', rules: [] }],
    });
    return {
      url: plane.url,
      caPem: plane.caPem,
      adminToken: plane.adminToken,
      limitedToken: plane.tokens.limited,
      limitedUser: 'limited',
      minor: 34,
      forgetHistory: async (collectionPath, revision) => {
        await compactEtcd(plane.etcd);
        const admin = testClient({
          url: plane.url,
          caPem: plane.caPem,
          token: plane.adminToken,
        });
        await waitFor(
          async () => {
            const { status } = await admin.get(
              `${collectionPath}?limit=1&resourceVersionMatch=Exact&resourceVersion=${revision}`,
            );
            return status === 410;
          },
          {
            describe: `410 for revision ${revision}`,
            timeoutMs: COMPACTION_TIMEOUT_MS,
          },
        );
        await admin.close();
      },
      stop: () => plane.stop(),
    };
  });
});
