import {
  startSimulatedCluster,
  type SimulatedCluster,
} from '@roadbed/fleet-simulator';
import {
  clusterDetails,
  directConnection,
  tokens,
} from './__testUtils__/clusters';
import { readIdentity } from './clusterIdentity';
import { IdentityCheck } from './IdentityCheck';

const never = new AbortController().signal;
let cluster: SimulatedCluster;
let connection: ReturnType<typeof directConnection>;

beforeEach(async () => {
  cluster = await startSimulatedCluster({ name: 'shop-dev' });
  connection = directConnection({
    cluster: clusterDetails({ url: cluster.url, caData: cluster.caData }),
    strategy: tokens(cluster.token),
  });
});

afterEach(async () => {
  await connection.agents.destroy();
  await cluster.stop();
});

describe('readIdentity', () => {
  it('collection B7.5 is the UID of kube-system', async () => {
    await expect(readIdentity(connection, never)).resolves.toBe(cluster.uid);
  });

  it('names the rule that is missing', async () => {
    cluster.faults.inject({
      kind: 'forbidden',
      group: '',
      resource: 'namespaces',
    });
    await expect(readIdentity(connection, never)).rejects.toMatchObject({
      code: 'forbidden',
      missingRule: {
        apiGroups: [''],
        resources: ['namespaces'],
        verbs: ['get'],
      },
    });
  });

  it('is no answer of something else', async () => {
    cluster.faults.inject({ kind: 'html', status: 200 });
    await expect(readIdentity(connection, never)).rejects.toMatchObject({
      code: 'not_kubernetes',
    });
  });
});

describe('IdentityCheck', () => {
  it('collection B7.5 refuses to go on when a name leads to another cluster', async () => {
    let now = 0;
    const check = new IdentityCheck({ now: () => now });
    const { uid } = cluster;
    await check.verify(connection, uid, never);
    cluster.rebuild();
    // Within a minute the reading counts, after it the cluster is asked again.
    now = 59_999;
    await check.verify(connection, uid, never);
    now = 60_000;
    await expect(check.verify(connection, uid, never)).rejects.toMatchObject({
      code: 'identity_mismatch',
    });
  });

  it('asks once for all collectors of a cluster', async () => {
    let requests = 0;
    cluster.faults.inject({
      kind: 'latency',
      ms: 20,
      when: () => ++requests > 0,
    });
    const check = new IdentityCheck();
    await Promise.all(
      [1, 2, 3].map(() => check.verify(connection, cluster.uid, never)),
    );
    expect(requests).toBe(1);
  });

  it('keeps no failure', async () => {
    const heal = cluster.faults.inject({ kind: 'unauthorized' });
    const check = new IdentityCheck();
    await expect(check.read(connection, never)).rejects.toMatchObject({
      code: 'unauthorized',
    });
    heal();
    await expect(check.read(connection, never)).resolves.toBe(cluster.uid);
  });
});
