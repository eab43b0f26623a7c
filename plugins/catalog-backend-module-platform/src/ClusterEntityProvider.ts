import type {
  AuthService,
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import type {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { readClusterResources } from './clusterResources';
import { dependentsOn, type Fleet } from './Fleet';
import type { FleetWatch } from './FleetWatch';
import { planMutation, type Plan } from './planMutation';
import type { ProviderConfig } from './readProviderConfig';
import { refreshKeyOf } from './WrittenClusterProcessor';

/**
 * Keeps one resource of type `kubernetes-cluster` per cluster in the catalog.
 *
 * @remarks
 * What it has provided is read from the catalog itself, so that nothing is
 * forgotten over a restart. Its resources have no location key: the catalog
 * then lets whoever writes a resource of the same name take it over.
 */
export class ClusterEntityProvider implements EntityProvider {
  /** What ran on described clusters when their resources were last refreshed. */
  readonly #announced = new Map<string, string>();

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      config: ProviderConfig;
      fleet: FleetWatch;
      logger: LoggerService;
      taskRunner: SchedulerServiceTaskRunner;
      now?: () => number;
    },
  ) {}

  getProviderName(): string {
    return 'platform-clusters';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.options.taskRunner.run({
      id: 'platform-clusters-refresh',
      fn: async signal => {
        try {
          await this.#cycle(connection, signal);
        } catch (error) {
          throw new ForwardedError(
            'The clusters in the catalog are left as they are',
            error,
          );
        }
      },
    });
  }

  async #cycle(
    connection: EntityProviderConnection,
    signal: AbortSignal,
  ): Promise<void> {
    const { auth, catalog, config, fleet, now = Date.now } = this.options;
    const picture = await fleet.read(signal);
    const plan = planMutation({
      fleet: picture,
      resources: await readClusterResources({
        catalog,
        request: { credentials: await auth.getOwnServiceCredentials() },
        clusters: picture.clusters.map(({ name }) => name),
      }),
      now: now(),
      ...config,
    });
    signal.throwIfAborted();
    await connection.applyMutation({
      type: 'delta',
      added: plan.kept.map(entity => ({ entity })),
      removed: plan.removed.map(entityRef => ({ entityRef })),
    });
    await this.#refreshWritten(connection, picture, plan);
    this.#log(picture, plan);
  }

  /** Has resources processed again that somebody has written and whose entities changed. */
  async #refreshWritten(
    connection: EntityProviderConnection,
    picture: Fleet,
    { described }: Plan,
  ): Promise<void> {
    const changed = [...described.keys()].filter(cluster => {
      const refs = dependentsOn(picture, cluster)?.join();
      if (refs === undefined || refs === this.#announced.get(cluster)) {
        return false;
      }
      this.#announced.set(cluster, refs);
      return true;
    });
    if (changed.length > 0) {
      await connection.refresh({ keys: changed.map(refreshKeyOf) });
    }
  }

  #log(picture: Fleet, plan: Plan): void {
    const { logger } = this.options;
    const { clusters, duplicates, dependentsError } = picture;
    const described = clusters.filter(({ name }) => plan.described.has(name));
    const parts = [
      `${clusters.length} clusters for the catalog: ${plan.added.length} new`,
      `${described.length} with a resource of their own`,
      `${plan.missing.length} no longer listed${namesIn(plan.missing)}`,
      `${plan.removed.length} removed${namesIn(plan.removed)}`,
    ];
    if (duplicates > 0) parts.push(`${duplicates} second names left out`);
    if (plan.renamed.size > 0) {
      parts.push(
        `${plan.renamed.size} under another name${namesIn(
          [...plan.renamed].map(([cluster, name]) => `${cluster} as ${name}`),
        )}`,
      );
    }
    logger.info(parts.join(', '));
    if (dependentsError) {
      logger.warn(
        `What runs on the clusters is not known, relations stay as they are: ${dependentsError}`,
      );
    }
  }
}

/** Names in brackets, so many that the line stays a line. */
function namesIn(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > 5 ? `, and ${names.length - 5} more` : '';
  return ` (${names.slice(0, 5).join(', ')}${more})`;
}
