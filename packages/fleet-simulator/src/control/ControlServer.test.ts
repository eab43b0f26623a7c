import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { parse, parseAllDocuments } from 'yaml';
import { runScaleFleet } from '../scale/runScaleFleet';
import { rawGet, testClient, type TestClient } from '../testing/testClient';

const SIZE = { clusters: 2, workloads: 80, pods: 240, seed: 1 };
const PODS = '/api/v1/pods';
jest.setTimeout(60_000);

let folder: string;
let fleet: Awaited<ReturnType<typeof runScaleFleet>>;
const clients: TestClient[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scale-fleet-'));
  fleet = await runScaleFleet({ folder, size: SIZE });
});

afterEach(async () => {
  await control('DELETE', '/faults');
  await Promise.all(clients.splice(0).map(client => client.close()));
});

afterAll(async () => {
  await fleet.stop();
  rmSync(folder, { recursive: true, force: true });
});

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

async function control(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  authorization?: string,
) {
  const { url, token } = JSON.parse(read('control.json'));
  const answer = await request(`${url}${path}`, {
    method,
    headers: { authorization: authorization ?? `Bearer ${token}` },
    body: body && JSON.stringify(body),
  });
  const text = await answer.body.text();
  const isLines = String(answer.headers['content-type']).includes('ndjson');
  return {
    status: answer.statusCode,
    body: isLines
      ? text
          .trim()
          .split('\n')
          .map(line => JSON.parse(line))
      : JSON.parse(text),
  };
}

/** What the configuration for a portal says of a cluster. */
function connectionOf(name: string) {
  const config = parse(read('app-config.kubernetes.yaml'));
  const { clusters } = config.kubernetes.clusterLocatorMethods[0];
  const found = clusters.find((cluster: any) => cluster.name === name);
  return {
    url: found.url as string,
    caPem: Buffer.from(found.caData, 'base64').toString(),
    token: found.serviceAccountToken as string,
  };
}

function clientOf(name: string): TestClient {
  const client = testClient(connectionOf(name));
  clients.push(client);
  return client;
}

describe('the files', () => {
  it('lead to every cluster, with what a portal should know of it', async () => {
    const { kubernetes, platform } = parse(read('app-config.kubernetes.yaml'));
    expect(
      kubernetes.clusterLocatorMethods[0].clusters.map((cluster: any) => [
        cluster.name,
        cluster.authProvider,
      ]),
    ).toEqual([
      ['c-0001', 'serviceAccount'],
      ['c-0002', 'serviceAccount'],
    ]);
    expect(platform.fleet.clusters[0]).toEqual({
      name: 'c-0001',
      environment: 'dev',
      ring: '1',
      owner: 'group:default/team-01',
    });
    expect((await clientOf('c-0002').get('/version')).status).toBe(200);
    expect(parse(read('kubeconfig')).contexts).toHaveLength(2);
    for (const file of ['control.json', 'kubeconfig']) {
      expect(statSync(join(folder, file)).mode % 0o1000).toBe(0o600);
    }
  });

  it('hold the owners and services as catalog entities', () => {
    const entities = parseAllDocuments(read('catalog.yaml')).map(document =>
      document.toJS(),
    );
    const of = (kind: string) => entities.filter(one => one.kind === kind);
    expect(of('Group')).toHaveLength(40);
    expect(of('Component')).toHaveLength(1_000);
    expect(of('Component')[41]).toMatchObject({
      metadata: {
        name: 'service-0042',
        annotations: { 'backstage.io/kubernetes-id': 'service-0042' },
      },
      spec: { owner: 'group:default/team-02' },
    });
  });
});

describe('stats', () => {
  it('count what each cluster was asked and what it answered', async () => {
    await control('DELETE', '/stats');
    const connection = connectionOf('c-0001');
    const plain = await rawGet(connection, PODS, {});
    const gzipped = await rawGet(connection, `${PODS}?limit=100`, {
      'accept-encoding': 'gzip',
    });
    const pods = JSON.parse(plain.body.toString()).items.length;
    const { body } = await control('GET', '/stats');
    expect(body.clusters['c-0001']).toEqual({
      requests: 2,
      listRequests: 2,
      bytesSent: plain.body.length + gzipped.body.length,
      bytesRaw: plain.body.length + gunzipSync(gzipped.body).length,
      maxInFlight: 1,
      connections: 2,
      seats: Math.ceil(pods / 100) + 1,
      paths: { [PODS]: 2 },
      authorizations: [expect.stringMatching(/^[0-9a-f]{12}$/)],
    });
    expect(body.clusters['c-0002'].requests).toBe(0);
    expect(body.rssBytes).toBeGreaterThan(1e6);
    expect(body.cpuUserMicros).toBeGreaterThan(0);
  });
});

describe('change', () => {
  it('makes a new revision in the chosen clusters, and lists go on at theirs', async () => {
    const [one, two] = [clientOf('c-0001'), clientOf('c-0002')];
    const revisionOf = async (client: TestClient) =>
      (await client.get(`${PODS}?limit=1`)).body.metadata.resourceVersion;
    const { body: all } = await one.get(PODS);
    const { body: first } = await one.get(`${PODS}?limit=10`);
    const before = await revisionOf(two);
    const { body } = await control('POST', '/change', {
      fraction: 0.5,
      churn: 0.1,
      clusters: ['c-0001'],
    });
    const { body: rest } = await one.get(
      `${PODS}?continue=${first.metadata.continue}`,
    );
    expect(body.changed).toBeGreaterThan(20);
    expect([...first.items, ...rest.items]).toEqual(all.items);
    expect((await one.get(PODS)).body.items).not.toEqual(all.items);
    expect(await revisionOf(two)).toBe(before);
  });
});

describe('truth', () => {
  it('is one line for each object that the cluster lists', async () => {
    const client = clientOf('c-0002');
    const { body: lines } = await control('GET', '/truth?cluster=c-0002');
    const { body: pods } = await client.get(PODS);
    const { body: namespaces } = await client.get('/api/v1/namespaces');
    const uidsOf = (resource: string) =>
      lines
        .filter((line: any) => line.resource === resource)
        .map((line: any) => line.uid);
    const listed = (list: any) =>
      list.items.map((item: any) => item.metadata.uid);
    expect(uidsOf('pods')).toEqual(listed(pods));
    expect(uidsOf('namespaces').sort()).toEqual(listed(namespaces).sort());
    expect(Object.keys(lines[0])).toEqual([
      'group',
      'resource',
      'namespace',
      'name',
      'uid',
      'resourceVersion',
      'fields',
    ]);
  });
});

describe('faults', () => {
  const inject = (fault: object, clusters = ['c-0001']) =>
    control('POST', '/faults', { clusters, fault });

  it('strike the paths they are meant for, until they are healed', async () => {
    const client = clientOf('c-0001');
    const { body } = await inject({ kind: 'unavailable', path: '^/api/v1/p' });
    expect((await client.get(PODS)).status).toBe(503);
    expect((await client.get('/api/v1/nodes')).status).toBe(200);
    expect((await clientOf('c-0002').get(PODS)).status).toBe(200);
    await control('DELETE', `/faults/${body.id}`);
    expect((await client.get(PODS)).status).toBe(200);
    expect((await control('DELETE', `/faults/${body.id}`)).status).toBe(404);
  });

  it('strike by chance', async () => {
    await inject({ kind: 'unauthorized', probability: 0.3 });
    const client = clientOf('c-0001');
    let refused = 0;
    for (let index = 0; index < 200; index++) {
      if ((await client.get('/version')).status === 401) refused += 1;
    }
    expect(refused).toBeGreaterThan(30);
    expect(refused).toBeLessThan(90);
  });

  it('hold for connections when the answer is there', async () => {
    await inject({ kind: 'refuse-connections' });
    await expect(clientOf('c-0001').get('/version')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    await control('DELETE', '/faults');
    expect((await clientOf('c-0001').get('/version')).status).toBe(200);
  });

  it('cut bodies, of generated lists too', async () => {
    await inject({ kind: 'truncate', afterBytes: 1_000, path: '/pods$' });
    await expect(clientOf('c-0001').get(PODS)).rejects.toThrow(/closed|abort/);
    await control('DELETE', '/faults');
    await inject({ kind: 'huge-object', bytes: 100_000 });
    const { body } = await clientOf('c-0001').get(`${PODS}?limit=2`);
    expect(JSON.stringify(body.items[0]).length).toBeGreaterThan(100_000);
  });

  it.each([
    [{ kind: 'nonsense' }],
    [{ kind: 'truncate' }],
    [{ kind: 'latency', ms: 1, probability: 2 }],
    [{ kind: 'unavailable', path: '(' }],
    [{ kind: 'unavailable', when: 'always' }],
  ])('%o is refused', async fault => {
    const { status, body } = await inject(fault);
    expect(status).toBe(400);
    expect(body.error.message).toContain('fault');
  });
});

describe('what happens to a cluster', () => {
  const act = (action: string, body?: object) =>
    control('POST', `/clusters/c-0001/${action}`, body);

  it('swap-certificate is not trusted until restore-certificate', async () => {
    await act('swap-certificate');
    await expect(clientOf('c-0001').get('/version')).rejects.toThrow(
      /certificate/,
    );
    expect((await clientOf('c-0002').get('/version')).status).toBe(200);
    await act('restore-certificate');
    expect((await clientOf('c-0001').get('/version')).status).toBe(200);
  });

  it('rebuild makes another cluster of the same size at the same address', async () => {
    const path = '/api/v1/namespaces/kube-system';
    const client = clientOf('c-0001');
    const { body: before } = await client.get(path);
    const { body: podsBefore } = await client.get(PODS);
    const { body: rebuilt } = await act('rebuild');
    const { body: after } = await clientOf('c-0001').get(path);
    const { body: podsAfter } = await clientOf('c-0001').get(PODS);
    expect(after.metadata.uid).toBe(rebuilt.uid);
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    const uids = new Set(podsBefore.items.map((pod: any) => pod.metadata.uid));
    expect(
      podsAfter.items.filter((pod: any) => uids.has(pod.metadata.uid)),
    ).toEqual([]);
  });

  it('recreate-namespace gives new uids', async () => {
    const path = '/api/v1/namespaces/ns-0002';
    const { body: before } = await clientOf('c-0001').get(path);
    const { body } = await act('recreate-namespace', { namespace: 'ns-0002' });
    const { body: after } = await clientOf('c-0001').get(path);
    expect(body).toEqual({ namespace: 'ns-0002', uid: after.metadata.uid });
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
  });

  it('compact answers continue tokens of before with 410', async () => {
    const client = clientOf('c-0001');
    const { body: first } = await client.get(`${PODS}?limit=5`);
    await act('compact');
    const { status } = await client.get(
      `${PODS}?limit=5&continue=${first.metadata.continue}`,
    );
    expect(status).toBe(410);
  });

  it('rotate-token refuses the old token, and writes the new one down', async () => {
    const old = clientOf('c-0001');
    const { body } = await act('rotate-token');
    expect((await old.get('/version')).status).toBe(401);
    expect(connectionOf('c-0001').token).toBe(body.token);
    expect((await clientOf('c-0001').get('/version')).status).toBe(200);
  });

  it('clock moves the times that are written and sent', async () => {
    const hour = 3_600_000;
    await control('POST', '/clock', { skewMs: hour, clusters: ['c-0001'] });
    await act('recreate-namespace');
    const { headers, body } = await clientOf('c-0001').get(
      '/api/v1/namespaces/ns-0001',
    );
    const ahead = (time: unknown) => Date.parse(String(time)) - Date.now();
    expect(Math.abs(ahead(headers.date) - hour)).toBeLessThan(60_000);
    expect(
      Math.abs(ahead(body.metadata.creationTimestamp) - hour),
    ).toBeLessThan(60_000);
    const other = await clientOf('c-0002').get('/version');
    expect(Math.abs(ahead(other.headers.date))).toBeLessThan(60_000);
    await control('POST', '/clock', { skewMs: 0 });
  });
});

describe('what is refused', () => {
  it.each([
    ['GET', '/nonsense', undefined, 404],
    ['GET', '/truth', undefined, 400],
    ['GET', '/truth?cluster=c-9999', undefined, 404],
    ['POST', '/clusters/c-9999/rebuild', undefined, 404],
    ['POST', '/clusters/c-0001/explode', undefined, 400],
    ['POST', '/clusters/c-0001/rebuild', { namespace: 'ns-0001' }, 400],
    ['POST', '/clusters/c-0001/recreate-namespace', { namespace: 'x' }, 404],
    ['POST', '/change', { fraction: 2 }, 400],
    ['POST', '/change', { fraction: 0.1, clusters: ['c-9999'] }, 404],
    ['POST', '/clock', { skewMs: 'late' }, 400],
  ] as const)('%s %s %o', async (method, path, body, wanted) => {
    const answer = await control(method, path, body);
    expect(answer.status).toBe(wanted);
    expect(answer.body.error.message).toMatch(/\w/);
  });

  it('callers without the token', async () => {
    const { status, body } = await control(
      'GET',
      '/stats',
      undefined,
      'Bearer guess',
    );
    expect(status).toBe(401);
    expect(body.error.message).toContain('control.json');
  });
});
