import type {
  BackstageCredentials,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  platformClusterReadPermission,
  platformHealthReadPermission,
  type RESOURCE_TYPE_PLATFORM_CLUSTER,
} from '@roadbed/backstage-plugin-platform-common';
import { platformClusterPermissionResourceRef } from '@roadbed/backstage-plugin-platform-node';
import { askOnce } from './askOnce';
import {
  ALL_CLUSTERS,
  type Caller,
  type ClusterScope,
  type ReadableEntity,
} from './Caller';
import { CatalogAwayError } from './CatalogAwayError';
import { clusterScope } from './clusterScope';
import { readableEntities } from './readableEntities';

type ClusterPermission = ResourcePermission<
  typeof RESOURCE_TYPE_PLATFORM_CLUSTER
>;

/** For routes that have nothing to do with clusters. */
const NO_CLUSTERS: ClusterScope = {
  narrow: query => query.whereRaw('1 = 0'),
};

/** Finds out what callers may see, with their own credentials. */
export class Callers {
  /** So that an outage is logged once, however many requests meet it. */
  #catalogAway = false;

  constructor(
    private readonly options: {
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
      catalog: CatalogService;
      logger: LoggerService;
    },
  ) {}

  /**
   * Authorises a caller for a route.
   *
   * @param needed - names of the permissions that the route declares; those of
   *   the catalog are asked of the catalog, entity by entity
   * @throws NotAllowedError that names the permission that is missing
   */
  async authorize(
    credentials: BackstageCredentials,
    needed: readonly string[],
  ): Promise<Caller> {
    const readEntities = askOnce(refs => this.#readEntities(refs, credentials));
    return {
      clusters: await this.#clustersFor(credentials, needed),
      readEntities,
      readableRefs: async refs =>
        (await this.#allOrNone(refs, credentials)) ??
        new Set((await readEntities(refs)).keys()),
    };
  }

  /**
   * The clusters for which a caller has a permission.
   *
   * @throws NotAllowedError when it has it for none
   */
  async clusterScope(
    credentials: BackstageCredentials,
    permission: ClusterPermission,
  ): Promise<ClusterScope> {
    const { permissionsRegistry } = this.options;
    const decision = await this.#decide(permission, credentials);
    if (decision.result === AuthorizeResult.ALLOW) return ALL_CLUSTERS;
    if (decision.result === AuthorizeResult.CONDITIONAL) {
      const toCriteria = createConditionTransformer(
        permissionsRegistry.getPermissionRuleset(
          platformClusterPermissionResourceRef,
        ),
      );
      return clusterScope(toCriteria(decision.conditions));
    }
    throw denied(permission.name);
  }

  async #clustersFor(
    credentials: BackstageCredentials,
    needed: readonly string[],
  ): Promise<ClusterScope> {
    const ofClusters = () =>
      this.clusterScope(credentials, platformClusterReadPermission);
    if (needed.includes(platformHealthReadPermission.name)) {
      await this.#require(credentials);
      // How Roadbed is doing may be read without seeing any cluster; those
      // that are counted are those that the caller may see.
      return ofClusters().catch(error => {
        if (error instanceof NotAllowedError) return NO_CLUSTERS;
        throw error;
      });
    }
    return needed.includes(platformClusterReadPermission.name)
      ? ofClusters()
      : NO_CLUSTERS;
  }

  /** `undefined` when it depends on the entity; the catalog has to be asked then. */
  async #allOrNone(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string> | undefined> {
    if (refs.length === 0) return new Set();
    const { result } = await this.#decide(
      catalogEntityReadPermission,
      credentials,
    );
    if (result === AuthorizeResult.ALLOW) return new Set(refs);
    return result === AuthorizeResult.DENY ? new Set() : undefined;
  }

  async #readEntities(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, ReadableEntity>> {
    const { catalog, logger } = this.options;
    try {
      const readable = await readableEntities(catalog, refs, credentials);
      this.#catalogAway = false;
      return readable;
    } catch (error) {
      if (!this.#catalogAway) {
        this.#catalogAway = true;
        logger.error(
          'The catalog can not be asked what callers may read',
          error as Error,
        );
      }
      throw new CatalogAwayError();
    }
  }

  async #require(credentials: BackstageCredentials): Promise<void> {
    const permission = platformHealthReadPermission;
    const [{ result }] = await this.#asking(() =>
      this.options.permissions.authorize([{ permission }], { credentials }),
    );
    if (result !== AuthorizeResult.ALLOW) throw denied(permission.name);
  }

  async #decide(
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<PolicyDecision> {
    const [decision] = await this.#asking(() =>
      this.options.permissions.authorizeConditional([{ permission }], {
        credentials,
      }),
    );
    return decision;
  }

  /** Nobody sees anything while it can not be decided who may. */
  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.options.logger.error(
        'The permission backend did not decide about a request',
        error as Error,
      );
      throw new ServiceUnavailableError(
        'The permission backend does not answer, so it is not known what you may see; try again, and if this stays, the log of the platform plugin says what is wrong',
      );
    }
  }
}

function denied(permission: string): NotAllowedError {
  return new NotAllowedError(
    `You need the permission ${permission} for this; whoever keeps the permission policy of the portal can give it`,
  );
}
