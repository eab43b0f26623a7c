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
