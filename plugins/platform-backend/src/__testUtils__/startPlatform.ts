import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
  type LoggerService,
  type SchedulerServiceTaskFunction,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type {
  AuthenticationStrategy,
  ClusterDetails,
} from '@backstage/plugin-kubernetes-node';
import type { SimulatedCluster } from '@roadbed/fleet-simulator';
import { platformRoutes } from '@roadbed/backstage-plugin-platform-common';
import { clusterLendingServiceRef } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { platformPlugin } from '../plugin';

/** Every collector twice a second, so that a test sees a cycle pass by. */
const FAST = Object.fromEntries(
  [
    'discovery',
    'nodes',
    'namespaces',
    'deployments',
    'statefulsets',
    'daemonsets',
    'cronjobs',
    'jobs',
    'pods',
  ].map(id => [id, '500ms']),
);

/** How the Kubernetes plugin would describe a simulated cluster. */
export function detailsOf(
  cluster: Pick<SimulatedCluster, 'name' | 'url' | 'caData' | 'token'>,
  more: Partial<ClusterDetails> = {},
): ClusterDetails {
  return {
    name: cluster.name,
    url: cluster.url,
    caData: cluster.caData,
    authMetadata: {
      [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: 'serviceAccount',
      serviceAccountToken: cluster.token,
    },
    ...more,
  };
}

/** What is logged, as text. */
function recordingLogger(lines: string[]): LoggerService {
  const log = (message: string, meta?: unknown) => {
    const error = meta instanceof Error ? meta : undefined;
    lines.push(`${message} ${error?.stack ?? ''} ${JSON.stringify(meta)}`);
  };
  const logger: LoggerService = {
    debug: log,
    info: log,
    warn: log,
    error: log,
    child: () => logger,
  };
  return logger;
}

/**
 * The strategy `serviceAccount` as far as it takes the token out of the
 * configuration; that of the Kubernetes plugin imports an ES module, which jest
 * does not do.
 */
export const tokenStrategy: AuthenticationStrategy = {
  getCredential: async ({ authMetadata }) => ({
    type: 'bearer token',
    token: authMetadata.serviceAccountToken,
  }),
  validateCluster: () => [],
  presentAuthMetadata: () => ({}),
};

/** Lends clusters as the module of the Kubernetes plugin would. */
export function lendingOf(
  clusters: ClusterDetails[] | (() => ClusterDetails[]),
): BackendFeature {
  return createServiceFactory({
    service: clusterLendingServiceRef,
    deps: {},
    factory: () => ({
      lend: () => {},
      refuse: () => {},
      state: () => ({
        status: 'lent' as const,
        clusters: {
          clusterSupplier: {
            getClusters: async () =>
              typeof clusters === 'function' ? clusters() : clusters,
          },
          authStrategyMap: { serviceAccount: tokenStrategy },
        },
      }),
    }),
  });
}

/** Every answer has exactly the fields that its route describes. */
function expectDescribed(path: string, body: unknown) {
  const [pathname] = path.split('?');
  const route = platformRoutes.find(candidate =>
    new RegExp(`^${candidate.path.replace(/:\w+/g, '[^/]+')}$`).test(
      `/${pathname}`,
    ),
  );
  if (route) expect(route.response.parse(body)).toEqual(body);
}

/** The whole backend, over real HTTPS, on a database. */
export async function startPlatform(options: {
  knex: Knex;
  /** What brings the clusters. */
  features: BackendFeature[];
  platform?: object;
  /** Configuration beside the section `platform`. */
  config?: object;
}) {
  const { knex, features, platform, config } = options;
  const logs: string[] = [];
  const tasks = new Map<string, SchedulerServiceTaskFunction>();
  const scheduler = mockServices.scheduler.mock({
    scheduleTask: async task => {
      tasks.set(task.id, task.fn);
    },
  });
  const backend = await startTestBackend({
    features: [
      platformPlugin,
      ...features,
      scheduler.factory,
      mockServices.rootConfig.factory({
        data: {
          ...config,
          platform: {
            ...platform,
            collect: {
              cadence: FAST,
              connectTimeout: '1s',
              requestTimeout: '1s',
              ...(platform as { collect?: object } | undefined)?.collect,
            },
          },
        },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => recordingLogger(logs),
      }),
    ],
  });
  const get = async (path: string): Promise<any> => {
    const response = await request(backend.server).get(`/api/platform/${path}`);
    if (response.status !== 200) {
      throw new Error(`${path}: ${response.status} ${response.text}`);
    }
    expectDescribed(path, response.body);
    return response.body;
  };
  return {
    logs,
    server: backend.server,
    get,
    stop: () => backend.stop(),
    /** Reads the cluster list again, as the schedule would. */
    readList: async () =>
      tasks.get('platform-cluster-sync')!(new AbortController().signal),
    cluster: (name: string) => get(`fleet/clusters/${name}`),
    workloadNames: async () =>
      (await get('fleet/workloads')).items.map((item: any) => item.name),
  };
}

/** Asks until the answer passes, and says what the last answer was if it never does. */
export async function eventually<T>(
  ask: () => Promise<T>,
  passes: (answer: T) => boolean,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (passes(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(`Still ${JSON.stringify(answer, null, 2)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
