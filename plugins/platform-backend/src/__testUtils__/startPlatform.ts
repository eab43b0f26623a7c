import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type SchedulerServiceTaskFunction,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import type { SimulatedCluster } from '@roadbed/fleet-simulator';
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
 * The whole backend, over real HTTPS, on a database, with the clusters that
 * `clusters` holds at the time the list is read.
 */
export async function startPlatform(options: {
  knex: Knex;
  clusters: ClusterDetails[] | (() => ClusterDetails[]);
  platform?: object;
}) {
  const { knex, clusters } = options;
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
      scheduler.factory,
      mockServices.rootConfig.factory({
        data: {
          platform: {
            collect: {
              cadence: FAST,
              connectTimeout: '1s',
              requestTimeout: '1s',
            },
            ...options.platform,
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
      createServiceFactory({
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
              authStrategyMap: {
                serviceAccount: {
                  getCredential: async ({ authMetadata }) => ({
                    type: 'bearer token' as const,
                    token: authMetadata.serviceAccountToken,
                  }),
                  validateCluster: () => [],
                  presentAuthMetadata: () => ({}),
                },
              },
            },
          }),
        }),
      }),
    ],
  });
  const get = async (path: string): Promise<any> => {
    const response = await request(backend.server).get(`/api/platform/${path}`);
    if (response.status !== 200) {
      throw new Error(`${path}: ${response.status} ${response.text}`);
    }
    return response.body;
  };
  return {
    logs,
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
