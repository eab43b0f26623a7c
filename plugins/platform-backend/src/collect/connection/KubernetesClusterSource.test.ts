import { ConfigReader } from '@backstage/config';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import type { ClusterLending } from '@roadbed/backstage-plugin-platform-node';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { clusterDetails, tokens } from '../__testUtils__/clusters';
import type { ClusterError } from '../ClusterError';
import { KubernetesClusterSource } from './KubernetesClusterSource';

const never = new AbortController().signal;
const closers: Array<() => Promise<void> | void> = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) {
    await close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function json(body: unknown, status = 200): RequestListener {
  return (_, res) =>
    res
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
}

function source(options: {
  state: ReturnType<ClusterLending['state']>;
  kubernetesUrl?: string;
  config?: object;
  now?: () => number;
}): KubernetesClusterSource {
  const created = KubernetesClusterSource.create({
    lending: {
      lend: () => undefined,
      refuse: () => undefined,
      state: () => options.state,
    },
    auth: mockServices.auth({ pluginId: 'platform' }),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async plugin =>
        `${options.kubernetesUrl ?? 'http://127.0.0.1:1'}/api/${plugin}`,
    }),
    config: new ConfigReader((options.config ?? {}) as any) as any,
    now: options.now,
  });
  closers.push(() => created.close());
  return created;
}

function lent(...clusters: ClusterDetails[]) {
  const strategy = tokens('token-of-cluster');
  return {
    status: 'lent' as const,
    clusters: {
      clusterSupplier: { getClusters: async () => clusters },
      authStrategyMap: Object.fromEntries(
        ['serviceAccount', 'aws', 'google', 'oidc', 'aks'].map(name => [
          name,
          strategy,
        ]),
      ),
    },
  };
}

async function failureOf(promise: Promise<unknown>): Promise<ClusterError> {
  try {
    await promise;
  } catch (error) {
    return error as ClusterError;
  }
  throw new Error('expected a failure');
}

describe('KubernetesClusterSource with lent clusters', () => {
  it('lists them for direct access and reads them with their token', async () => {
    const url = await serve((req, res) => res.end(req.headers.authorization));
    const clusters = source({
      state: lent(clusterDetails({ name: 'one', title: 'One', url })),
    });
    await expect(clusters.listClusters()).resolves.toEqual({
      clusters: [
        {
          name: 'one',
          title: 'One',
          authProvider: 'serviceAccount',
          access: 'direct',
        },
      ],
      problems: [],
    });
    const connection = await clusters.connect('one');
    const answer = await connection.get({ path: '/', signal: never });
    expect(answer.body.toString()).toBe('Bearer token-of-cluster');
  });

  it.each([
    ['google', 'needs_user'],
    ['oidc', 'needs_user'],
    ['aks', 'needs_user'],
    ['made-up', 'unknown_strategy'],
    ['', 'no_strategy'],
  ])(
    'lists a cluster with the strategy "%s" as not collectable: %s',
    async (strategy, code) => {
      const clusters = source({
        state: lent(
          clusterDetails({ name: 'one', url: 'https://127.0.0.1:1', strategy }),
        ),
      });
      const {
        clusters: [cluster],
      } = await clusters.listClusters();
      expect(cluster).toMatchObject({
        access: null,
        accessProblem: {
          code,
          message: expect.any(String),
          remedy: expect.stringContaining('authProvider'),
        },
      });
      const error = await failureOf(clusters.connect('one'));
      expect(error).toMatchObject({ code: 'credentials', clusterName: 'one' });
    },
  );

  it('collection D7 takes the first of two clusters with one name, and says so', async () => {
    const first = await serve((_, res) => res.end('first'));
    const clusters = source({
      state: lent(
        clusterDetails({ name: 'one', url: first }),
        clusterDetails({ name: 'one', url: 'http://127.0.0.1:1' }),
      ),
    });
    const listing = await clusters.listClusters();
    expect(listing.clusters).toMatchObject([{ duplicatesInList: 2 }]);
    expect(listing.problems).toMatchObject([
      { code: 'duplicate_name', message: expect.stringContaining('"one"') },
    ]);
    const connection = await clusters.connect('one');
    const answer = await connection.get({ path: '/', signal: never });
    expect(answer.body.toString()).toBe('first');
  });

  it('keeps a connection until the cluster changes', async () => {
    let url = 'https://127.0.0.1:1';
    const state = lent();
    state.clusters.clusterSupplier.getClusters = async () => [
      clusterDetails({ name: 'one', url }),
    ];
    const clusters = source({ state });
    await clusters.listClusters();
    const before = await clusters.connect('one');
    await clusters.listClusters();
    expect(await clusters.connect('one')).toBe(before);
    url = 'https://127.0.0.1:2';
    await clusters.listClusters();
    expect(await clusters.connect('one')).not.toBe(before);
  });

  it('reads the list for a connection where another replica synced it', async () => {
    const clusters = source({
      state: lent(clusterDetails({ name: 'one', url: 'https://127.0.0.1:1' })),
    });
    await expect(clusters.connect('one')).resolves.toMatchObject({
      clusterName: 'one',
    });
    await expect(clusters.connect('two')).rejects.toThrow(NotFoundError);
  });

  it('collection B7.4 a list that cannot be read is a failure and not an empty list', async () => {
    const state = lent();
    state.clusters.clusterSupplier.getClusters = async () => {
      throw new Error('locator down');
    };
    await expect(source({ state }).listClusters()).rejects.toThrow(
      ServiceUnavailableError,
    );
  });

  it('collection D-S1 refuses a catalog cluster whose host leads to a private address', async () => {
    const config = {
      kubernetes: { clusterLocatorMethods: [{ type: 'catalog' }] },
    };
    const state = lent(
      clusterDetails({
        name: 'one',
        url: 'https://localhost:1',
        strategy: 'aws',
      }),
    );
    const connection = await source({ state, config }).connect('one');
    const error = await failureOf(connection.get({ path: '/', signal: never }));
    expect(error.code).toBe('network');
    expect(error.message).toContain('dangerouslyAllowClusterUrls');
  });

  it('collection D-S1 does not take an entity for a configured cluster of its name', async () => {
    const url = await serve((_, res) => res.end('reached'));
    const byName = url.replace('127.0.0.1', 'localhost');
    const locators = (configuredUrl: string) => ({
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'catalog' },
          { type: 'config', clusters: [{ name: 'one', url: configuredUrl }] },
        ],
      },
    });
    const state = lent(clusterDetails({ name: 'one', url: byName }));
    const read = async (config: object) =>
      (await source({ state, config }).connect('one')).get({
        path: '/',
        signal: never,
      });
    const refused = await failureOf(read(locators('https://one.example.com')));
    expect(refused.message).toContain('not public');
    await expect(read(locators(byName))).resolves.toMatchObject({
      status: 200,
    });
  });

  it('takes the token of a cluster that moved to its new address only', async () => {
    const seen: string[] = [];
    const [before, after] = await Promise.all(
      ['before', 'after'].map(name =>
        serve((req, res) => {
          seen.push(`${name} ${req.headers.authorization}`);
          res.end();
        }),
      ),
    );
    let url = before;
    let now = 0;
    const state = lent();
    state.clusters.clusterSupplier.getClusters = async () => [
      clusterDetails({ name: 'one', url }),
    ];
    const clusters = source({ state, now: () => now });
    const get = async () =>
      (await clusters.connect('one')).get({ path: '/', signal: never });
    await get();
    url = after;
    // The list is read again after a minute at most.
    now += 60_000;
    await get();
    await get();
    expect(seen).toEqual([
      'before Bearer token-of-cluster',
      'after Bearer token-of-cluster',
      'after Bearer token-of-cluster',
    ]);
  });

  it('collection D-S1 allows the hosts that the admin exempted', async () => {
    const config = {
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'catalog', dangerouslyAllowClusterUrls: ['localhost'] },
        ],
      },
    };
    const state = lent(
      clusterDetails({
        name: 'one',
        url: 'https://localhost:1',
        strategy: 'aws',
      }),
    );
    const connection = await source({ state, config }).connect('one');
    const error = await failureOf(connection.get({ path: '/', signal: never }));
    expect(error.code).toBe('connect_refused');
  });
});

describe('KubernetesClusterSource over the proxy', () => {
  const state = { status: 'absent' as const };
  const listing = (...items: object[]): RequestListener => json({ items });

  /** A Kubernetes plugin that lists cluster `one` and answers for it. */
  function kubernetesPlugin(answer: RequestListener): RequestListener {
    return (req, res) =>
      req.url === '/api/kubernetes/clusters'
        ? listing({ name: 'one', authProvider: 'serviceAccount' })(req, res)
        : answer(req, res);
  }

  it('reads through the proxy with a plugin token and the name of the cluster', async () => {
    let seen: IncomingMessage | undefined;
    const kubernetesUrl = await serve(
      kubernetesPlugin((req, res) => {
        seen = req;
        res.end('{}');
      }),
    );
    const connection = await source({ state, kubernetesUrl }).connect('one');
    await connection.get({
      path: '/api/v1/pods',
      query: { limit: '5' },
      signal: never,
    });
    expect(seen?.url).toBe('/api/kubernetes/proxy/api/v1/pods?limit=5');
    expect(seen?.headers).toMatchObject({
      'backstage-kubernetes-cluster': 'one',
      'accept-encoding': 'gzip',
      authorization: expect.stringMatching(/^Bearer mock-service-token/),
    });
  });

  it.each(['localKubectlProxy', 'custom', 'aks', 'google', 'oidc'])(
    'collection D-S2 never sends a request for a cluster with the strategy %s',
    async authProvider => {
      const paths: string[] = [];
      const kubernetesUrl = await serve((req, res) => {
        paths.push(req.url!);
        listing({ name: 'one', authProvider })(req, res);
      });
      const clusters = source({ state, kubernetesUrl });
      const {
        clusters: [cluster],
      } = await clusters.listClusters();
      expect(cluster.access).toBeNull();
      expect(cluster.accessProblem?.remedy).toBeTruthy();
      await failureOf(clusters.connect('one'));
      expect(paths).toEqual(['/api/kubernetes/clusters']);
    },
  );

  it('says why nothing is lent', async () => {
    const kubernetesUrl = await serve(listing());
    const refused = {
      status: 'refused' as const,
      reason: 'somebody was first',
    };
    await expect(
      source({ state: refused, kubernetesUrl }).listClusters(),
    ).resolves.toMatchObject({
      problems: [
        {
          code: 'not_lent',
          message: expect.stringContaining('somebody was first'),
        },
      ],
    });
  });

  it.each([
    [403, 'NotAllowedError', 'Unauthorized', 'credentials'],
    [404, 'NotFoundError', "Cluster 'one' not found", 'unavailable'],
    [500, 'ForwardedError', 'getaddrinfo ENOTFOUND host', 'dns'],
    [
      500,
      'ForwardedError',
      'connect ECONNREFUSED 127.0.0.1:1',
      'connect_refused',
    ],
    [500, 'ForwardedError', 'self-signed certificate', 'tls'],
    [500, 'Error', 'something else', 'unavailable'],
  ])(
    'tells an error %i %s of Backstage from one of the cluster',
    async (status, name, message, code) => {
      const kubernetesUrl = await serve(
        kubernetesPlugin(json({ error: { name, message } }, status)),
      );
      const connection = await source({ state, kubernetesUrl }).connect('one');
      const error = await failureOf(
        connection.get({ path: '/api/v1/pods', signal: never }),
      );
      expect(error.code).toBe(code);
    },
  );

  it('passes a Status of the cluster on as it is', async () => {
    const kubernetesUrl = await serve(
      kubernetesPlugin(json({ kind: 'Status', reason: 'Forbidden' }, 403)),
    );
    const connection = await source({ state, kubernetesUrl }).connect('one');
    await expect(
      connection.get({ path: '/api/v1/pods', signal: never }),
    ).resolves.toMatchObject({ status: 403 });
  });

  it.each<[string, RequestListener]>([
    ['the plugin is not there', json({ error: {} }, 404)],
    ['the plugin refuses', json({ error: {} }, 403)],
    ['something else answers', json({ clusters: [] })],
    ['HTML answers', (_, res) => res.end('<html>')],
  ])('collection B7.4 fails with advice when %s', async (_, listener) => {
    const kubernetesUrl = await serve(listener);
    const error = await failureOf(
      source({ state, kubernetesUrl }).listClusters(),
    );
    expect(error).toBeInstanceOf(ServiceUnavailableError);
  });
});
