import { KubernetesApiError } from '../kubernetes/KubernetesApiError';
import type { KubernetesObject } from '../kubernetes/KubernetesObject';
import { isAlive } from '../processes/isAlive';
import { describeWith } from '../testing/describeWith';
import { compactEtcd } from './compactEtcd';
import type { ControlPlane } from './ControlPlane';
import { controlPlaneAvailability } from './controlPlaneAvailability';
import { startControlPlane } from './startControlPlane';
import { startEtcd } from './startEtcd';

/** Long enough for a first build. */
const startTimeoutMs = 15 * 60_000;

const availability = controlPlaneAvailability();

async function codeOf(request: Promise<unknown>): Promise<number> {
  try {
    await request;
    return 200;
  } catch (error) {
    if (error instanceof KubernetesApiError) return error.code;
    throw error;
  }
}

const namespace = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

describeWith(availability)('startControlPlane', () => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane({
      // The last minor whose API server answers old lists from etcd alone.
      minor: '1.33',
      tokens: [
        {
          name: 'reader',
          rules: [
            { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
          ],
        },
      ],
    });
  }, startTimeoutMs);
  afterAll(() => plane?.stop());

  it('serves the APIs of the minor that it emulates, and says so', async () => {
    expect(await plane.client.request('GET', '/version')).toMatchObject({
      gitVersion: plane.version.gitVersion,
      emulationMajor: '1',
      emulationMinor: '33',
    });
    expect(plane.version.minor).toBe('1.33');
  });

  it('refuses who has no token, and what no rule allows', async () => {
    const path = '/api/v1/namespaces';
    const reader = plane.clientFor(plane.tokens.reader);
    expect(await codeOf(reader.request('GET', path))).toBe(200);
    expect(await codeOf(reader.request('GET', '/api/v1/pods'))).toBe(403);
    expect(await codeOf(plane.clientFor('wrong').request('GET', path))).toBe(
      401,
    );
    expect(await codeOf(plane.clientFor().request('GET', path))).toBe(403);
  });

  it('grants and revokes at once, also to a service account', async () => {
    const { token, user } = await plane.createServiceAccountToken({
      name: 'collector',
    });
    const collector = plane.clientFor(token);
    const list = () => codeOf(collector.request('GET', '/api/v1/nodes'));
    expect(await list()).toBe(403);
    await plane.grant(user, [
      { apiGroups: [''], resources: ['nodes'], verbs: ['list'] },
    ]);
    expect(await list()).toBe(200);
    await plane.revoke(user);
    expect(await list()).toBe(403);
  });

  it('forgets its history on demand: a continue token from before is gone', async () => {
    const list = '/api/v1/namespaces?limit=1';
    const { metadata } = await plane.client.request('GET', list);
    const next = `${list}&continue=${metadata.continue}`;
    expect(await codeOf(plane.client.request('GET', next))).toBe(200);
    await compactEtcd(plane.etcd);
    expect(await codeOf(plane.client.request('GET', next))).toBe(410);
  });

  it('keeps its objects and tokens over an upgrade', async () => {
    const [before] = await plane.client.apply([namespace('kept')]);
    const clusterBefore = await plane.client.get(namespace('kube-system'));
    await plane.restart({ minor: '1.36' });
    expect(plane.version.minor).toBe('1.36');
    const after = await plane.client.get(namespace('kept'));
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(
      (await plane.client.get(namespace('kube-system'))).metadata.uid,
    ).toBe(clusterBefore.metadata.uid);
    const reader = plane.clientFor(plane.tokens.reader);
    expect(await codeOf(reader.request('GET', '/api/v1/namespaces'))).toBe(200);
  }, 60_000);

  it('goes away hard, and comes back with what it had', async () => {
    const pids = plane.pids;
    await plane.kill();
    await expect(plane.client.request('GET', '/version')).rejects.toThrow(
      /fetch failed/,
    );
    // etcd alone is left.
    expect(pids.filter(isAlive)).toEqual(plane.pids);
    expect(plane.pids).toHaveLength(1);
    await plane.restart();
    await plane.client.get(namespace('kept'));
  }, 60_000);

  it('leaves no process behind', async () => {
    const pids = plane.pids;
    expect(pids.filter(isAlive)).toHaveLength(2);
    await plane.stop();
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('refuses a minor that the binaries can not emulate', async () => {
    await expect(startControlPlane({ minor: '1.29' })).rejects.toThrow(
      /can not emulate Kubernetes 1\.29: choose one of 1\.36, 1\.35, 1\.34, 1\.33/,
    );
  }, 60_000);

  it('says which program failed, with the end of its log', async () => {
    const etcd = await startEtcd();
    const blocker = await startControlPlane({ etcd });
    try {
      await expect(
        startControlPlane({ etcd, port: Number(new URL(blocker.url).port) }),
      ).rejects.toThrow(
        /kube-apiserver ended by itself[^]*address already in use/,
      );
    } finally {
      await blocker.stop();
      await etcd.stop();
    }
  }, 60_000);
});
