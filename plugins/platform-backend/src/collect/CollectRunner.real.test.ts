import {
  compactEtcd,
  controlPlaneAvailability,
  startControlPlane,
  waitFor,
  type ControlPlane,
} from '@roadbed/test-servers';
import { describeWith } from '@roadbed/test-servers/jest';
import type { ListCollector } from '@roadbed/backstage-plugin-platform-node';
import {
  clusterDetails,
  directConnection,
  tokens,
} from './__testUtils__/clusters';
import { MemoryObservations } from './__testUtils__/MemoryObservations';
import type { ClusterConnection, ClusterRequest } from './ClusterConnection';
import { readIdentity } from './clusterIdentity';
import { builtInCollectors, clusterRoleRules } from './collectors';
import { CollectRunner } from './CollectRunner';

jest.setTimeout(120_000);

const never = new AbortController().signal;

describeWith(controlPlaneAvailability())(
  'CollectRunner against a real API server',
  () => {
    let controlPlane: ControlPlane;
    let connection: ReturnType<typeof directConnection>;

    beforeAll(async () => {
      controlPlane = await startControlPlane({
        tokens: [
          { name: 'roadbed', rules: clusterRoleRules(builtInCollectors) },
        ],
      });
      connection = directConnection({
        cluster: clusterDetails({
          url: controlPlane.url,
          caData: controlPlane.caData,
        }),
        strategy: tokens(controlPlane.tokens.roadbed),
      });
      await controlPlane.client.apply(
        Array.from({ length: 25 }, (_, index) => deployment(index)),
      );
    });

    afterAll(async () => {
      await connection?.agents.destroy();
      await controlPlane?.stop();
    });

    async function run(
      id: string,
      options: { over?: ClusterConnection; pageSize?: number } = {},
    ) {
      const { over = connection, pageSize } = options;
      const observations = new MemoryObservations();
      const collector = builtInCollectors.find(one => one.id === id)!;
      const runner = new CollectRunner({
        observations,
        collectors: [
          pageSize ? { ...(collector as ListCollector), pageSize } : collector,
        ],
      });
      const report = await runner.run({
        lease: {
          clusterId: 1,
          clusterName: 'shop-dev',
          collector: id,
          epoch: 1,
          owner: 'test',
          leaseUntil: 0,
        },
        connection: over,
        signal: never,
        onProgress: () => undefined,
      });
      return { report, observations };
    }

    it.each(builtInCollectors.map(collector => collector.id))(
      'collects %s with the generated ClusterRole and nothing more',
      async id => {
        const { report } = await run(id);
        expect(report.problem).toBeUndefined();
        expect(report.outcome).toBe('success');
      },
    );

    it('reads version, served APIs and readiness', async () => {
      const { observations } = await run('discovery');
      const doc = (key: string) => observations.rows.get(key)?.doc;
      expect(doc('version')).toMatchObject({
        gitVersion: controlPlane.version.gitVersion,
      });
      expect(doc('apis')).toMatchObject({
        groups: {
          '': { versions: ['v1'], resources: { nodes: ['v1'] } },
          batch: { resources: { cronjobs: ['v1'] } },
        },
      });
      expect(doc('ready')).toMatchObject({ ready: true });
    });

    it('stores what a Deployment asks for and nothing of its environment', async () => {
      const { observations } = await run('deployments', { pageSize: 10 });
      expect(observations.rows.size).toBe(25);
      const [row] = observations.rows.values();
      expect(row).toMatchObject({
        namespace: 'default',
        name: 'app-0',
        doc: {
          labels: { app: 'app-0' },
          desired: 2,
          ready: 0,
          containers: [
            {
              name: 'main',
              image: 'example.com/app:1',
              requests: { cpu: '100m' },
              probes: { liveness: false, readiness: true, startup: false },
            },
          ],
          managed: [
            {
              manager: 'roadbed-tests',
              apiVersion: 'apps/v1',
              operation: 'Apply',
              time: expect.any(String),
            },
          ],
        },
      });
      expect(JSON.stringify([...observations.rows.values()])).not.toContain(
        'SECRET-MARK',
      );
    });

    it('collection B4.3 survives a compaction between two pages', async () => {
      let compacted = false;
      const over: ClusterConnection = {
        clusterName: 'shop-dev',
        access: 'direct',
        close: async () => undefined,
        async get(request: ClusterRequest) {
          if (request.query?.continue && !compacted) {
            compacted = true;
            // The version of the list itself would outlive the compaction.
            await controlPlane.client.apply([deployment(25)]);
            await compactEtcd(controlPlane.etcd);
            return waitFor(
              async () => {
                const answer = await connection.get(request);
                return answer.status === 410 ? answer : undefined;
              },
              { describe: '410 for a token of a compacted version' },
            );
          }
          return connection.get(request);
        },
      };
      const { report, observations } = await run('deployments', {
        over,
        pageSize: 10,
      });
      expect(compacted).toBe(true);
      expect(report).toMatchObject({ outcome: 'success' });
      expect(observations.rows.size).toBe(26);
    });

    it('collection B7.2 names the rule that a real 403 lacks', async () => {
      await controlPlane.grant('roadbed', clusterRoleRules([]));
      const { report } = await run('pods');
      expect(report).toMatchObject({
        outcome: 'error',
        problem: {
          code: 'forbidden',
          missingRule: {
            apiGroups: [''],
            resources: ['pods'],
            verbs: ['list'],
          },
        },
      });
    });

    it('collection B7.5 reads the identity with the smallest role', async () => {
      const kubeSystem = await controlPlane.client.get({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'kube-system' },
      });
      await expect(readIdentity(connection, never)).resolves.toBe(
        kubeSystem.metadata.uid,
      );
    });
  },
);

function deployment(index: number) {
  const labels = { app: `app-${index}` };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `app-${index}`,
      namespace: 'default',
      labels,
      annotations: { note: 'SECRET-MARK-annotation' },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'example.com/app:1',
              args: ['SECRET-MARK-args'],
              env: [{ name: 'TOKEN', value: 'SECRET-MARK-env' }],
              resources: { requests: { cpu: '100m' } },
              readinessProbe: { tcpSocket: { port: 80 } },
            },
          ],
        },
      },
    },
  };
}
