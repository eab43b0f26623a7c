import { CertificateAuthority } from '@roadbed/fleet-simulator';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startHostileCluster,
  type Attack,
  type HostileCluster,
} from './__testUtils__/hostile/HostileCluster';
import { cloudTokenFor } from './__testUtils__/outgoing/cloudTokenFor';
import {
  CALLER_TOKEN,
  startRecordedBackend,
} from './__testUtils__/outgoing/startRecordedBackend';
import { eventually } from './__testUtils__/startPlatform';

jest.setTimeout(180_000);

const addressOf = ({ url }: { url: string }) => new URL(url).host;

/** A cluster of the catalog, as anybody who may register entities writes it. */
function resource(cluster: HostileCluster) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: cluster.name,
      annotations: {
        'kubernetes.io/api-server': cluster.url.replace(
          '127.0.0.1',
          'localhost',
        ),
        'kubernetes.io/api-server-certificate-authority': cluster.caData,
        'kubernetes.io/auth-provider': 'aws',
      },
    },
    spec: { type: 'kubernetes-cluster', owner: 'team-a' },
  };
}

/** A backend with its clusters, after everything that tempts it has happened. */
async function startScene(bridge: boolean) {
  const stops: Array<() => Promise<unknown>> = [];
  const start = async (
    name: string,
    options: {
      attack?: Attack;
      port?: number;
      authority?: CertificateAuthority;
    } = {},
  ) => {
    const cluster = await startHostileCluster({
      name,
      attack: () => false,
      ...options,
    });
    stops.push(() => cluster.stop());
    return cluster;
  };
  /** Well-behaved, until somebody else answers at its address. */
  const beta = await start('beta');
  /** Well-behaved, from the catalog. */
  const gamma = await start('gamma');
  /** Configured, and well-behaved. */
  const delta = await start('delta');
  /** What an entity of the catalog says that `delta` is. */
  const pretender = await start('delta');
  /** Sends everybody to `beta`, over TLS and without. */
  const alpha = await start('alpha', { attack: redirectTo(beta) });
  alpha.begin();

  const folder = await mkdtemp(join(tmpdir(), 'roadbed-outgoing-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const catalogFile = join(folder, 'catalog.json');
  await writeFile(
    catalogFile,
    [gamma, pretender]
      .map(cluster => JSON.stringify(resource(cluster)))
      .join('\n---\n'),
  );
  const backend = await startRecordedBackend({
    bridge,
    config: {
      catalog: {
        rules: [{ allow: ['Resource'] }],
        locations: [{ type: 'file', target: catalogFile }],
        processingInterval: { seconds: 2 },
      },
      kubernetes: {
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [alpha, beta, delta].map(
              ({ name, url, caData, token }) => ({
                name,
                url,
                caData,
                authProvider: 'serviceAccount',
                serviceAccountToken: token,
              }),
            ),
          },
          { type: 'catalog', dangerouslyAllowClusterUrls: ['localhost'] },
        ],
      },
      platform: {
        collect: {
          access: bridge ? 'direct' : 'proxy',
          clusterListInterval: '2s',
          cadence: { discovery: '1s', deployments: '1s' },
          connectTimeout: '2s',
        },
      },
    },
  });
  stops.push(() => backend.stop());

  const until = (cluster: string, passes: (run: any) => boolean) =>
    eventually(
      async (): Promise<any[]> =>
        (await backend.get(`fleet/collections?cluster=${cluster}&limit=100`))
          .items,
      runs => runs.some(passes),
      40_000,
    ).catch(error => {
      throw new Error(`${cluster}: ${error.message} ${backend.logs()}`);
    });
  for (const name of ['beta', 'gamma', 'delta']) {
    await until(
      name,
      run => run.collector === 'deployments' && run.outcome === 'success',
    );
  }
  await until('alpha', run => run.outcome === 'error');
  await beta.stop();
  const impostor = await start('beta', {
    port: Number(new URL(beta.url).port),
    authority: CertificateAuthority.create('somebody-else'),
  });
  await until('beta', run => run.outcome === 'error');
  return {
    ...{ alpha, beta, gamma, delta, pretender, impostor, backend },
    async stop() {
      for (const stop of stops.splice(0).reverse()) await stop();
    },
  };
}

type Scene = Awaited<ReturnType<typeof startScene>>;

/** Every kind of redirect, and what else sends a browser elsewhere. */
function redirectTo(target: HostileCluster): Attack {
  let redirects = 0;
  return ({ path, response }) => {
    redirects++;
    const plain = `http://${addressOf(target)}`;
    response.writeHead([301, 302, 303, 307, 308][redirects % 5], {
      location: `${redirects % 2 ? target.url : plain}${path}`,
      refresh: `0; url=${target.url}`,
      'alt-svc': `h2="${addressOf(target)}"`,
    });
    response.end();
  };
}

const WAYS = [
  ['directly', 0],
  ['through the proxy of the Kubernetes plugin', 1],
] as const;
let scenes: Scene[];

// At once, for a backend takes its time to start.
beforeAll(async () => {
  scenes = await Promise.all([startScene(true), startScene(false)]);
});

afterAll(async () => {
  await Promise.all((scenes ?? []).map(scene => scene.stop()));
});

describe.each(WAYS)(
  'the requests of a backend that reads clusters %s',
  (_, way) => {
    it('go to the clusters and to Backstage itself, and nowhere else', () => {
      const { alpha, beta, gamma, delta, backend } = scenes[way];
      expect([...new Set(backend.sent.map(({ to }) => to))].sort()).toEqual(
        [
          backend.address,
          addressOf(alpha),
          addressOf(beta),
          addressOf(delta),
          addressOf(gamma).replace('127.0.0.1', 'localhost'),
        ].sort(),
      );
    });

    it('show each cluster its own token and no other', () => {
      const { alpha, beta, gamma, delta } = scenes[way];
      const shown = (cluster: HostileCluster) => [
        ...new Set(cluster.requests.map(({ authorization }) => authorization)),
      ];
      expect(shown(alpha)).toEqual([`Bearer ${alpha.token}`]);
      expect(shown(beta)).toEqual([`Bearer ${beta.token}`]);
      expect(shown(delta)).toEqual([`Bearer ${delta.token}`]);
      expect(shown(gamma)).toEqual([`Bearer ${cloudTokenFor('gamma')}`]);
    });

    it('carry the token of a cluster to its address only', () => {
      const { alpha, beta, delta, backend } = scenes[way];
      for (const cluster of [alpha, beta, delta]) {
        const carried = backend.sent.filter(({ head }) =>
          head.includes(cluster.token),
        );
        expect([...new Set(carried.map(({ to }) => to))]).toEqual([
          addressOf(cluster),
        ]);
      }
    });

    it('carry a token of Backstage to Backstage only', () => {
      const { alpha, beta, gamma, delta, backend } = scenes[way];
      // Tokens of Backstage are JSON Web Tokens, those of these clusters are not.
      const ofBackstage = (head: string) =>
        /\beyJ/.test(head) || head.includes(CALLER_TOKEN);
      const carried = backend.sent.filter(({ head }) => ofBackstage(head));
      expect([...new Set(carried.map(({ to }) => to))]).toEqual([
        backend.address,
      ]);
      for (const cluster of [alpha, beta, gamma, delta]) {
        expect(cluster.requests.length).toBeGreaterThan(0);
        expect(
          cluster.requests.filter(({ head }) => ofBackstage(head)),
        ).toEqual([]);
      }
    });

    it('say nothing to somebody else at the address of a cluster', () => {
      expect(scenes[way].impostor.requests).toEqual([]);
    });

    it('do not take an entity of the catalog for a configured cluster', () => {
      expect(scenes[way].pretender.requests).toEqual([]);
    });
  },
);
