import { KubernetesApiError } from '../kubernetes/KubernetesApiError';
import type { KubernetesObject } from '../kubernetes/KubernetesObject';
import { isAlive } from '../processes/isAlive';
import { waitFor } from '../processes/waitFor';
import { describeWith } from '../testing/describeWith';
import type { ControlPlane } from './ControlPlane';
import { controlPlaneAvailability } from './controlPlaneAvailability';
import { startControlPlane } from './startControlPlane';
import { startEtcd, type Etcd } from './startEtcd';

const startTimeoutMs = 15 * 60_000;

const podSpec = {
  containers: [{ name: 'main', image: 'registry.example/web:1.2.3' }],
};

function deployment(name: string, replicas: number): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec },
    },
  };
}

describeWith(controlPlaneAvailability({ controllers: true }))(
  'controllers and kwok on a shared etcd',
  () => {
    let etcd: Etcd;
    let plane: ControlPlane;
    let neighbour: ControlPlane;

    beforeAll(async () => {
      etcd = await startEtcd();
      plane = await startControlPlane({
        etcd,
        minor: '1.34',
        controllers: true,
        kwok: true,
        nodes: [
          {
            name: 'a',
            kubeletVersion: 'v1.33.4',
            providerID: 'aws:///eu-1a/i-1',
          },
          { name: 'b' },
        ],
      });
      neighbour = await startControlPlane({ etcd });
    }, startTimeoutMs);
    afterAll(async () => {
      await Promise.all([plane?.stop(), neighbour?.stop()]);
      await etcd?.stop();
    });

    /** Asks to evict one pod of the app. */
    async function codeOfEviction(app: string): Promise<number> {
      const pods = '/api/v1/namespaces/default/pods';
      const { items } = await plane.client.request<{
        items: { metadata: { name: string } }[];
      }>('GET', `${pods}?labelSelector=app%3D${app}`);
      const { metadata } = items[0];
      try {
        await plane.client.request(
          'POST',
          `${pods}/${metadata.name}/eviction`,
          {
            body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata },
          },
        );
        return 201;
      } catch (error) {
        if (error instanceof KubernetesApiError) return error.code;
        throw error;
      }
    }

    it('makes the nodes ready and leaves what they say of themselves', async () => {
      const { items } = await plane.client.request<{
        items: {
          spec: { providerID?: string };
          status: { nodeInfo: { kubeletVersion: string } };
        }[];
      }>('GET', '/api/v1/nodes');
      expect(
        items.map(({ spec, status }) => [
          spec.providerID,
          status.nodeInfo.kubeletVersion,
        ]),
      ).toEqual([
        ['aws:///eu-1a/i-1', 'v1.33.4'],
        [undefined, 'v1.34.0'],
      ]);
    });

    it('rolls out, scales, and counts disruptions as a cluster does', async () => {
      const web = deployment('web', 2);
      const budget = {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'web', namespace: 'default' },
        spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
      };
      await plane.client.apply([web, budget]);
      const isReady = async (replicas: number) => {
        const { status } = await plane.client.get<{
          status?: { readyReplicas?: number };
        }>(web);
        return status?.readyReplicas === replicas;
      };
      const allowed = async () => {
        const { status } = await plane.client.get<{
          status?: { disruptionsAllowed?: number; currentHealthy?: number };
        }>(budget);
        return [status?.currentHealthy, status?.disruptionsAllowed].join();
      };
      await waitFor(() => isReady(2), { describe: '2 ready replicas' });
      await waitFor(async () => (await allowed()) === '2,0', {
        describe: 'a budget that allows no disruption',
      });
      expect(await codeOfEviction('web')).toBe(429);
      await plane.client.apply([deployment('web', 3)]);
      await waitFor(() => isReady(3), { describe: '3 ready replicas' });
      await waitFor(async () => (await allowed()) === '3,1', {
        describe: 'a budget that allows one disruption',
      });
      expect(await codeOfEviction('web')).toBe(201);
    }, 60_000);

    it('lets the pods of a job succeed', async () => {
      const job: KubernetesObject = {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'migrate', namespace: 'default' },
        spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } } },
      };
      await plane.client.apply([job]);
      const status = await waitFor(
        async () => {
          const now = await plane.client.get<{
            status?: { completionTime?: string; succeeded?: number };
          }>(job);
          return now.status?.completionTime ? now.status : undefined;
        },
        { describe: 'the job to complete' },
      );
      expect(status.succeeded).toBe(1);
    }, 60_000);

    it('goes on at once after an upgrade', async () => {
      const api = deployment('api', 2);
      await plane.restart({ minor: '1.35' });
      await plane.client.apply([api]);
      const status = await waitFor(
        async () => {
          const now = await plane.client.get<{
            status?: { readyReplicas?: number };
          }>(api);
          return now.status?.readyReplicas === 2 && now.status;
        },
        // Leases of nodes last 40 s, which must not be waited for.
        { describe: '2 ready replicas', timeoutMs: 20_000 },
      );
      expect(status.readyReplicas).toBe(2);
    }, 60_000);

    it('keeps the clusters apart on one etcd', async () => {
      const uidOf = async ({ client }: ControlPlane) =>
        (
          await client.get({
            apiVersion: 'v1',
            kind: 'Namespace',
            metadata: { name: 'kube-system' },
          })
        ).metadata.uid;
      expect(await uidOf(neighbour)).not.toBe(await uidOf(plane));
      const { items } = await neighbour.client.request<{ items: unknown[] }>(
        'GET',
        '/api/v1/nodes',
      );
      expect(items).toEqual([]);
    });

    it('ends controllers and kwok with the API server, but not the shared etcd', async () => {
      const pids = plane.pids;
      expect(pids.filter(isAlive)).toHaveLength(4);
      await plane.stop();
      expect(pids.filter(isAlive)).toEqual([]);
      expect(isAlive(etcd.pid)).toBe(true);
    });
  },
);
