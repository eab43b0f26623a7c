import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { controlPlaneAvailability } from '../control-plane/controlPlaneAvailability';
import { KubernetesApiError } from '../kubernetes/KubernetesApiError';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { temporaryFolder } from '../processes/temporaryFolder';
import { waitFor } from '../processes/waitFor';
import { describeWith } from '../testing/describeWith';
import { clusterPlans } from './clusterPlans';
import { startRealFleet, type RealFleet } from './startRealFleet';

const stage = clusterPlans.find(({ name }) => name === 'real-stage')!;

describeWith(controlPlaneAvailability({ controllers: true }))(
  'startRealFleet',
  () => {
    let stateDir: string;
    let fleet: RealFleet;
    let reader: KubernetesClient;

    async function start() {
      fleet = await startRealFleet({ stateDir, plans: [stage], log: () => {} });
      const config = parse(
        readFileSync(join(stateDir, 'app-config.kubernetes.yaml'), 'utf8'),
      );
      const [cluster] = config.kubernetes.clusterLocatorMethods[0].clusters;
      reader = new KubernetesClient({
        url: cluster.url,
        caPem: Buffer.from(cluster.caData, 'base64').toString(),
        token: cluster.serviceAccountToken,
      });
    }

    async function stop() {
      await reader?.close();
      await fleet?.stop();
    }

    beforeAll(async () => {
      stateDir = await temporaryFolder('real-fleet');
      await start();
    }, 15 * 60_000);
    afterAll(stop);

    const deploymentsPath = '/apis/apps/v1/deployments';

    it('has services of the catalog and a rollout that does not get ready', async () => {
      const { items } = await reader.request<{
        items: {
          metadata: { name: string; labels: Record<string, string> };
          status: { updatedReplicas?: number; readyReplicas?: number };
        }[];
      }>('GET', deploymentsPath);
      expect(
        items.map(
          ({ metadata }) => metadata.labels['backstage.io/kubernetes-id'],
        ),
      ).toEqual(items.map(({ metadata }) => metadata.name));
      const pods = await waitFor(
        async () => {
          const list = await reader.request<{
            items: { metadata: { name: string }; status: { phase: string } }[];
          }>('GET', '/api/v1/pods?fieldSelector=status.phase%3DPending');
          return list.items.length > 0 && list.items;
        },
        { describe: 'a pending pod' },
      );
      expect(pods.map(({ metadata }) => metadata.name)).toEqual([
        expect.stringMatching(/^order-api-/),
      ]);
    });

    it('has one budget that blocks every drain', async () => {
      const budgetsPath = '/apis/policy/v1/poddisruptionbudgets';
      const blocked = await waitFor(
        async () => {
          const { items } = await reader.request<{
            items: {
              metadata: { name: string };
              status: { currentHealthy?: number; disruptionsAllowed?: number };
            }[];
          }>('GET', budgetsPath);
          return (
            items.every(({ status }) => status.currentHealthy === 2) &&
            items.filter(({ status }) => status.disruptionsAllowed === 0)
          );
        },
        { describe: 'budgets that count 2 healthy pods' },
      );
      expect(blocked.map(({ metadata }) => metadata.name)).toEqual([
        'payment-api',
      ]);
    });

    it.each([
      ['GET', '/api/v1/secrets'],
      ['GET', '/api/v1/configmaps'],
      ['DELETE', `/api/v1/namespaces/orders`],
    ])('gives the portal no right to %s %s', async (method, path) => {
      const refusal = await reader.request(method, path).catch(error => error);
      expect(refusal).toBeInstanceOf(KubernetesApiError);
      expect(refusal.code).toBe(403);
    });

    it('finds its clusters again, with what people changed', async () => {
      const uid = async () =>
        (await reader.request('GET', '/api/v1/namespaces/kube-system')).metadata
          .uid;
      const before = await uid();
      const admin = await adminClient();
      await admin.request(
        'PATCH',
        '/apis/apps/v1/namespaces/checkout/deployments/cart-api/scale',
        {
          body: { spec: { replicas: 4 } },
          contentType: 'application/merge-patch+json',
        },
      );
      await admin.close();
      await stop();
      await start();
      expect(await uid()).toBe(before);
      const { spec } = await reader.request<{ spec: { replicas: number } }>(
        'GET',
        '/apis/apps/v1/namespaces/checkout/deployments/cart-api',
      );
      expect(spec.replicas).toBe(4);
    }, 120_000);

    async function adminClient(): Promise<KubernetesClient> {
      const { clusters, users } = parse(
        readFileSync(fleet.kubeconfigPath, 'utf8'),
      );
      const { cluster } = clusters[0];
      return new KubernetesClient({
        url: cluster.server,
        caPem: Buffer.from(
          cluster['certificate-authority-data'],
          'base64',
        ).toString(),
        token: users[0].user.token,
      });
    }
  },
);
