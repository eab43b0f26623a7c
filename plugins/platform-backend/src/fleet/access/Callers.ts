import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
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
import { ALL_CLUSTERS, type Caller, type ClusterScope } from './Caller';
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
  constructor(
    private readonly options: {
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
      catalog: CatalogService;
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
    if (needed.includes(platformHealthReadPermission.name)) {
      await this.#require(credentials);
    }
    return {
      clusters: needed.includes(platformClusterReadPermission.name)
        ? await this.clusterScope(credentials, platformClusterReadPermission)
        : NO_CLUSTERS,
      readEntities: refs =>
        readableEntities(this.options.catalog, refs, credentials),
      readableRefs: refs => this.#readableRefs(refs, credentials),
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
    const { permissions, permissionsRegistry } = this.options;
    const [decision] = await permissions.authorizeConditional(
      [{ permission }],
      {
        credentials,
      },
    );
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

  async #readableRefs(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    if (refs.length === 0) return new Set();
    const { permissions, catalog } = this.options;
    const [{ result }] = await permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (result === AuthorizeResult.ALLOW) return new Set(refs);
    if (result === AuthorizeResult.DENY) return new Set();
    return new Set((await readableEntities(catalog, refs, credentials)).keys());
  }

  async #require(credentials: BackstageCredentials): Promise<void> {
    const permission = platformHealthReadPermission;
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) throw denied(permission.name);
  }
}

function denied(permission: string): NotAllowedError {
  return new NotAllowedError(
    `You need the permission ${permission} for this; whoever keeps the permission policy of the portal can give it`,
  );
}
