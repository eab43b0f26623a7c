import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type SchedulerService,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  eventsServiceRef,
  type EventParams,
} from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import { catalogModulePlatform } from '../module';
import type { StubPlatform } from './StubPlatform';

/** The mock scheduler has more than its type says. */
interface ManualScheduler extends SchedulerService {
  factory(options: { skipTaskRunOnStartup: boolean }): ServiceFactory;
  waitForTask(id: string): Promise<void>;
}

const CYCLE = 'platform-clusters-refresh';

/** What people have written into files of the catalog, as YAML. */
export type Files = ReturnType<typeof createMockDirectory>;

function recordingLogger(lines: string[]): LoggerService {
  const log = (message: string, meta?: unknown) => {
    lines.push(meta instanceof Error ? `${message} ${meta.message}` : message);
  };
  const logger: LoggerService = {
    debug: () => {},
    info: log,
    warn: log,
    error: log,
    child: () => logger,
  };
  return logger;
}

/** The real catalog with the module, on a database that outlives it. */
export async function startCatalog(options: {
  knex: Knex;
  platform: StubPlatform;
  files: Files;
  /** The section `catalog.providers.platform`. */
  provider?: object;
}) {
  const { knex, platform, files, provider } = options;
  const logs: string[] = [];
  const events: EventParams[] = [];
  const scheduler = mockServices.scheduler() as ManualScheduler;
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModulePlatform,
      platform.plugin(),
      scheduler.factory({ skipTaskRunOnStartup: true }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example' },
          catalog: {
            processingInterval: { seconds: 1 },
            rules: [{ allow: ['Component', 'Resource', 'Group', 'Location'] }],
            locations: [
              { type: 'file', target: files.resolve('catalog.yaml') },
            ],
            providers: { platform: provider },
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
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async event => {
            events.push(event);
          },
          subscribe: async () => {},
        }),
      }),
    ],
  });
  const address = backend.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}/api/catalog/${path}`);
  const entity = async (ref: string): Promise<Entity | undefined> => {
    const [kind, rest] = ref.split(':');
    const response = await get(`entities/by-name/${kind}/${rest}`);
    return response.status === 200 ? await response.json() : undefined;
  };
  return {
    logs,
    events,
    stop: () => backend.stop(),
    entity,
    /** References of all entities of a kind. */
    async refs(kind: string): Promise<string[]> {
      const found: Entity[] = await (
        await get(`entities?filter=kind=${kind}`)
      ).json();
      return found.map(item => stringifyEntityRef(item)).sort();
    },
    /** Runs a cycle; @throws what the cycle throws. */
    async cycle() {
      const done = scheduler.waitForTask(CYCLE);
      await Promise.all([done, scheduler.triggerTask(CYCLE)]);
    },
    /** Deletes what no file mentions any more, as the catalog's schedule would. */
    deleteOrphans: () => scheduler.triggerTask('catalog_orphan_cleanup'),
    /** The entity as soon as it passes. */
    until: (ref: string, passes: (found: Entity | undefined) => boolean) =>
      eventually(() => entity(ref), passes),
  };
}

/** What an entity is related to in a way, sorted. */
export function related(entity: Entity | undefined, type: string): string[] {
  return (entity?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef)
    .sort();
}

/** Asks until the answer passes, and says what the last answer was if it never does. */
export async function eventually<T>(
  ask: () => Promise<T>,
  passes: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (passes(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(`Still ${JSON.stringify(answer, null, 2)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
