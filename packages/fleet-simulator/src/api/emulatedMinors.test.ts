import {
  startSimulatedCluster,
  type SimulatedCluster,
} from '../SimulatedCluster';
import { clientOf } from '../testing/testClient';

const aggregated = (version: string) =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

async function withCluster(
  options: { version: string; emulatedMinor?: string },
  use: (cluster: SimulatedCluster) => Promise<void>,
): Promise<void> {
  const cluster = await startSimulatedCluster({ name: 'minor', ...options });
  try {
    await use(cluster);
  } finally {
    await cluster.stop();
  }
}

describe('what depends on the minor', () => {
  it.each([
    ['v1.26.9', 406, 406],
    ['v1.29.4', 406, 200],
    ['v1.31.2', 200, 200],
    ['v1.33.9', 200, 406],
    ['v1.36.1', 200, 406],
  ])(
    '%s answers aggregated discovery v2 with %i and v2beta1 with %i',
    (version, v2, v2beta1) =>
      withCluster({ version }, async cluster => {
        const client = clientOf(cluster);
        const first = await client.get('/apis', { accept: aggregated('v2') });
        const second = await client.get('/apis', {
          accept: aggregated('v2beta1'),
        });
        await client.close();
        expect([first.status, second.status]).toEqual([v2, v2beta1]);
      }),
  );

  it.each([
    ['v1.31.2', 422],
    ['v1.32.9', 200],
    ['v1.33.9', 422],
    ['v1.34.4', 200],
  ])('%s answers sendInitialEvents with %i', (version, expected) =>
    withCluster({ version }, async cluster => {
      const client = clientOf(cluster);
      const { status } = await client.get(
        '/api/v1/pods?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=1',
      );
      await client.close();
      expect(status).toBe(expected);
    }),
  );

  it('follows the emulated minor, not the binary', () =>
    withCluster(
      { version: 'v1.36.3', emulatedMinor: '1.33' },
      async cluster => {
        const client = clientOf(cluster);
        const { body } = await client.get('/version');
        await client.close();
        expect(body).toMatchObject({
          minor: '36',
          emulationMinor: '33',
          gitVersion: 'v1.36.3',
        });
      },
    ));

  it('marks the minor of providers that patch with a plus', () =>
    withCluster({ version: 'v1.34.4-eks-abc123' }, async cluster => {
      const client = clientOf(cluster);
      const { body } = await client.get('/version');
      await client.close();
      expect(body.minor).toBe('34+');
    }));
});
