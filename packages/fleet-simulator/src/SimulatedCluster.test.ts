import { applyDeployment } from './builders/applyWorkload';
import { namespace } from './builders/namespace';
import { node } from './builders/node';
import { pod } from './builders/pod';
import {
  startSimulatedCluster,
  type SimulatedCluster,
} from './SimulatedCluster';
import { startFleet } from './startFleet';
import { clientOf, testClient, type TestClient } from './testing/testClient';

let cluster: SimulatedCluster;
let client: TestClient;

beforeEach(async () => {
  cluster = await startSimulatedCluster({
    name: 'shop-dev',
    version: 'v1.34.4-eks-abc123',
    objects: [
      node({ name: 'node-1', kubeletVersion: 'v1.34.4-eks-abc123' }),
      ...Array.from({ length: 5 }, (_, index) =>
        pod({ namespace: 'default', name: `pod-${index}` }),
      ),
    ],
  });
  client = clientOf(cluster);
});

afterEach(async () => {
  await client.close();
  await cluster.stop();
});

const podNames = (body: any) =>
  body.items.map((item: any) => item.metadata.name);

describe('lists', () => {
  it('keep to the snapshot of their first page while objects change', async () => {
    const first = await client.get('/api/v1/pods?limit=2');
    cluster.store.delete({ group: '', resource: 'pods' }, 'default/pod-3');
    cluster.store.apply(pod({ namespace: 'default', name: 'pod-9' }));
    const second = await client.get(
      `/api/v1/pods?limit=9&continue=${first.body.metadata.continue}`,
    );
    expect(first.body.metadata.remainingItemCount).toBe(3);
    expect(podNames(second.body)).toEqual(['pod-2', 'pod-3', 'pod-4']);
    expect(second.body.metadata).toEqual({
      resourceVersion: first.body.metadata.resourceVersion,
    });
  });

  it('continue inconsistently after 410 with the token of the Status', async () => {
    const first = await client.get('/api/v1/pods?limit=2');
    cluster.store.apply(pod({ namespace: 'default', name: 'pod-9' }));
    cluster.store.compact();
    const gone = await client.get(
      `/api/v1/pods?limit=2&continue=${first.body.metadata.continue}`,
    );
    expect(gone.status).toBe(410);
    expect(gone.body.reason).toBe('Expired');
    const rest = await client.get(
      `/api/v1/pods?continue=${gone.body.metadata.continue}`,
    );
    expect(podNames(rest.body)).toEqual(['pod-2', 'pod-3', 'pod-4', 'pod-9']);
    expect(rest.body.metadata.resourceVersion).toBe(
      String(cluster.store.revision),
    );
  });
});

describe('faults', () => {
  const pods = '/api/v1/pods';

  it.each([
    [{ kind: 'throttle', retryAfterSeconds: 7 }, 429],
    [{ kind: 'unavailable' }, 503],
    [{ kind: 'unauthorized' }, 401],
    [{ kind: 'forbidden', group: '', resource: 'pods' }, 403],
    [{ kind: 'html', status: 200 }, 200],
    [{ kind: 'not-kubernetes' }, 404],
  ] as const)('%o answers %i until it is healed', async (fault, status) => {
    const heal = cluster.faults.inject(fault);
    const sick = await client.get(pods);
    heal();
    const healthy = await client.get(pods);
    expect(sick.status).toBe(status);
    expect(sick.body?.items).toBeUndefined();
    expect(podNames(healthy.body)).toHaveLength(5);
  });

  it('strike every nth request that they are meant for, and only so many', async () => {
    cluster.faults.inject({
      kind: 'unavailable',
      every: 2,
      times: 2,
      when: request => request.path === pods,
    });
    const statuses: number[] = [];
    for (let index = 0; index < 8; index++) {
      statuses.push((await client.get(pods)).status);
      expect((await client.get('/version')).status).toBe(200);
    }
    expect(statuses).toEqual([200, 503, 200, 503, 200, 200, 200, 200]);
  });

  it('cut bodies before their announced length', async () => {
    cluster.faults.inject({ kind: 'truncate', afterBytes: 100 });
    await expect(client.get(pods)).rejects.toThrow();
  });

  it('refuse connections and come back on the same port', async () => {
    const heal = cluster.faults.inject({ kind: 'refuse-connections' });
    await cluster.faults.settled();
    await expect(client.get(pods)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    heal();
    await cluster.faults.settled();
    expect((await client.get(pods)).status).toBe(200);
  });

  it('swallow connections without finishing the handshake', async () => {
    cluster.faults.inject({ kind: 'black-hole-connections' });
    await cluster.faults.settled();
    const impatient = testClient({
      url: cluster.url,
      caPem: cluster.caPem,
      connectTimeoutMs: 300,
    });
    await expect(impatient.get(pods)).rejects.toMatchObject({
      code: 'UND_ERR_CONNECT_TIMEOUT',
    });
    await impatient.close();
  });

  it('loop on a continue token for ever', async () => {
    cluster.faults.inject({ kind: 'continue-loop' });
    const first = await client.get(`${pods}?limit=2`);
    const token = first.body.metadata.continue;
    const second = await client.get(`${pods}?limit=9&continue=${token}`);
    expect(second.body.metadata.continue).toBe(token);
  });

  it('expire a list in the middle', async () => {
    cluster.faults.inject({ kind: 'expire-continue', times: 1 });
    const first = await client.get(`${pods}?limit=2`);
    const next = `${pods}?limit=9&continue=${first.body.metadata.continue}`;
    // The first page did not count: only pages with a token can expire.
    expect((await client.get(next)).status).toBe(410);
    expect((await client.get(next)).status).toBe(200);
  });

  it('pad an object beyond any page size', async () => {
    cluster.faults.inject({ kind: 'huge-object', bytes: 2_000_000 });
    const list = await client.get(`${pods}?limit=1`);
    expect(list.text.length).toBeGreaterThan(2_000_000);
  });

  it('take a group out of discovery and out of service', async () => {
    cluster.faults.inject({ kind: 'missing-group', group: 'apps' });
    const groups = await client.get('/apis');
    expect(groups.body.groups.map((group: any) => group.name)).not.toContain(
      'apps',
    );
    expect((await client.get('/apis/apps/v1/deployments')).status).toBe(404);
  });

  it('show a certificate that its CA did not sign', async () => {
    cluster.swapCertificate();
    await expect(client.get(pods)).rejects.toThrow(/certificate/);
    cluster.restoreCertificate();
    expect((await client.get(pods)).status).toBe(200);
  });
});

describe('a rebuilt cluster', () => {
  it('has another identity and none of the old objects', async () => {
    const before = cluster.uid;
    cluster.rebuild([namespace({ name: 'fresh' })]);
    const list = await client.get('/api/v1/pods');
    expect(list.body.items).toEqual([]);
    expect(cluster.uid).not.toBe(before);
  });
});

describe('writes', () => {
  it('scale, delete with dependents, and record who wrote what', async () => {
    const admin = clientOf(cluster, 'admin');
    applyDeployment(cluster.store, {
      namespace: 'default',
      name: 'cart',
      replicas: 2,
    });
    const path = '/apis/apps/v1/namespaces/default/deployments/cart';
    const scaled = await admin.send({
      method: 'PATCH',
      path: `${path}/scale`,
      body: { spec: { replicas: 4 } },
      contentType: 'application/merge-patch+json',
    });
    expect(scaled.body).toMatchObject({ kind: 'Scale', spec: { replicas: 4 } });
    const { body: changed } = await admin.get(path);
    expect(changed.metadata.generation).toBe(2);
    expect(changed.metadata.managedFields.at(-1)).toMatchObject({
      manager: 'roadbed-test',
      subresource: 'scale',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    });
    await admin.send({ method: 'DELETE', path });
    const left = await admin.get(
      '/api/v1/namespaces/default/pods?labelSelector=app%3Dcart',
    );
    expect(left.body.items).toEqual([]);
    await admin.close();
  });

  it('refuse a stale version with a Conflict', async () => {
    const admin = clientOf(cluster, 'admin');
    const path = '/api/v1/namespaces/default/pods/pod-0';
    const { body } = await admin.get(path);
    cluster.store.apply(
      pod({ namespace: 'default', name: 'pod-0', restarts: 1 }),
    );
    const answer = await admin.send({ method: 'PUT', path, body });
    expect(answer.status).toBe(409);
    expect(answer.body.reason).toBe('Conflict');
    await admin.close();
  });
});

describe('a fleet', () => {
  it('runs several clusters under one authority with identities of their own', async () => {
    const fleet = await startFleet({
      clusters: [{ name: 'a' }, { name: 'b' }],
    });
    try {
      expect(fleet.cluster('a').caData).toBe(fleet.cluster('b').caData);
      expect(fleet.cluster('a').uid).not.toBe(fleet.cluster('b').uid);
      expect(() => fleet.cluster('c')).toThrow(/it has a, b/);
    } finally {
      await fleet.stop();
    }
  });
});
