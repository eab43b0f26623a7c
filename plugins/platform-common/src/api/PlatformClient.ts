import { ResponseError } from '@backstage/errors';
import {
  collectClusterRoute,
  exportClustersRoute,
  getClusterFacetsRoute,
  getClusterRoute,
  listClustersRoute,
} from '../fleet/clusterRoutes';
import {
  exportCollectionsRoute,
  listCollectionsRoute,
} from '../fleet/collectionRoutes';
import { getFleetSummaryRoute, getHealthRoute } from '../fleet/fleetRoutes';
import {
  exportEntityWorkloadsRoute,
  exportUnownedWorkloadsRoute,
  exportWorkloadsRoute,
  getUnownedFacetsRoute,
  getWorkloadFacetsRoute,
  listEntityClustersRoute,
  listEntityWorkloadsRoute,
  listUnownedWorkloadsRoute,
  listWorkloadsRoute,
} from '../fleet/workloadRoutes';
import type {
  ApiRoute,
  RouteParams,
  RouteQuery,
  RouteResponse,
} from './apiRoute';

/** How a call can be given up. @public */
export interface RequestOptions {
  signal?: AbortSignal;
  /** A Backstage token, where `fetchApi` does not add one. */
  token?: string;
}

/** What the platform plugin can be asked; an export answers CSV. @public */
export interface PlatformApi {
  getFleetSummary(
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getFleetSummaryRoute>>;
  listClusters(
    query?: RouteQuery<typeof listClustersRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listClustersRoute>>;
  exportClusters(
    query?: RouteQuery<typeof exportClustersRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof exportClustersRoute>>;
  getClusterFacets(
    query?: RouteQuery<typeof getClusterFacetsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getClusterFacetsRoute>>;
  getCluster(
    params: RouteParams<typeof getClusterRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getClusterRoute>>;
  collectCluster(
    params: RouteParams<typeof collectClusterRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof collectClusterRoute>>;
  listWorkloads(
    query?: RouteQuery<typeof listWorkloadsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listWorkloadsRoute>>;
  exportWorkloads(
    query?: RouteQuery<typeof exportWorkloadsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof exportWorkloadsRoute>>;
  getWorkloadFacets(
    query?: RouteQuery<typeof getWorkloadFacetsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getWorkloadFacetsRoute>>;
  listUnownedWorkloads(
    query?: RouteQuery<typeof listUnownedWorkloadsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listUnownedWorkloadsRoute>>;
  exportUnownedWorkloads(
    query?: RouteQuery<typeof exportUnownedWorkloadsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof exportUnownedWorkloadsRoute>>;
  getUnownedFacets(
    query?: RouteQuery<typeof getUnownedFacetsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getUnownedFacetsRoute>>;
  listEntityWorkloads(
    params: RouteParams<typeof listEntityWorkloadsRoute>,
    query?: RouteQuery<typeof listEntityWorkloadsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listEntityWorkloadsRoute>>;
  exportEntityWorkloads(
    params: RouteParams<typeof exportEntityWorkloadsRoute>,
    query?: RouteQuery<typeof exportEntityWorkloadsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof exportEntityWorkloadsRoute>>;
  listEntityClusters(
    query?: RouteQuery<typeof listEntityClustersRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listEntityClustersRoute>>;
  listCollections(
    query?: RouteQuery<typeof listCollectionsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listCollectionsRoute>>;
  exportCollections(
    query?: RouteQuery<typeof exportCollectionsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof exportCollectionsRoute>>;
  getHealth(
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getHealthRoute>>;
}

/**
 * Talks to the platform plugin, from a browser or from another backend.
 *
 * @remarks
 * Every method throws `ResponseError` of `@backstage/errors` for an answer that
 * is not 2xx, and an error that names the route for one that does not have the
 * described shape.
 *
 * @public
 */
export class PlatformClient implements PlatformApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getFleetSummary(options?: RequestOptions) {
    return this.#request(getFleetSummaryRoute, {}, options);
  }

  listClusters(
    query: RouteQuery<typeof listClustersRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listClustersRoute, { query }, options);
  }

  exportClusters(
    query: RouteQuery<typeof exportClustersRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(exportClustersRoute, { query }, options);
  }

  getClusterFacets(
    query: RouteQuery<typeof getClusterFacetsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(getClusterFacetsRoute, { query }, options);
  }

  getCluster(
    params: RouteParams<typeof getClusterRoute>,
    options?: RequestOptions,
  ) {
    return this.#request(getClusterRoute, { params }, options);
  }

  collectCluster(
    params: RouteParams<typeof collectClusterRoute>,
    options?: RequestOptions,
  ) {
    return this.#request(collectClusterRoute, { params }, options);
  }

  listWorkloads(
    query: RouteQuery<typeof listWorkloadsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listWorkloadsRoute, { query }, options);
  }

  exportWorkloads(
    query: RouteQuery<typeof exportWorkloadsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(exportWorkloadsRoute, { query }, options);
  }

  getWorkloadFacets(
    query: RouteQuery<typeof getWorkloadFacetsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(getWorkloadFacetsRoute, { query }, options);
  }

  listUnownedWorkloads(
    query: RouteQuery<typeof listUnownedWorkloadsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listUnownedWorkloadsRoute, { query }, options);
  }

  exportUnownedWorkloads(
    query: RouteQuery<typeof exportUnownedWorkloadsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(exportUnownedWorkloadsRoute, { query }, options);
  }

  getUnownedFacets(
    query: RouteQuery<typeof getUnownedFacetsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(getUnownedFacetsRoute, { query }, options);
  }

  listEntityWorkloads(
    params: RouteParams<typeof listEntityWorkloadsRoute>,
    query: RouteQuery<typeof listEntityWorkloadsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listEntityWorkloadsRoute, { params, query }, options);
  }

  exportEntityWorkloads(
    params: RouteParams<typeof exportEntityWorkloadsRoute>,
    query: RouteQuery<typeof exportEntityWorkloadsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(
      exportEntityWorkloadsRoute,
      { params, query },
      options,
    );
  }

  listEntityClusters(
    query: RouteQuery<typeof listEntityClustersRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listEntityClustersRoute, { query }, options);
  }

  listCollections(
    query: RouteQuery<typeof listCollectionsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listCollectionsRoute, { query }, options);
  }

  exportCollections(
    query: RouteQuery<typeof exportCollectionsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(exportCollectionsRoute, { query }, options);
  }

  getHealth(options?: RequestOptions) {
    return this.#request(getHealthRoute, {}, options);
  }

  async #request<R extends ApiRoute>(
    route: R,
    input: { params?: Record<string, string>; query?: object },
    options: RequestOptions = {},
  ): Promise<RouteResponse<R>> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('platform');
    const url = `${baseUrl}${fillPath(route.path, input.params)}${searchOf(
      input.query,
    )}`;
    const response = await this.#fetchApi.fetch(url, {
      method: route.method.toUpperCase(),
      signal: options.signal,
      headers: options.token
        ? { Authorization: `Bearer ${options.token}` }
        : undefined,
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const body =
      route.produces === 'text/csv'
        ? await response.text()
        : await response.json();
    const result = route.response.safeParse(body);
    if (!result.success) {
      const [issue] = result.error.issues;
      throw new Error(
        `The platform backend answered ${
          route.operationId
        } in a shape that this client does not know (${issue.path.join('.')}: ${
          issue.message
        }); install the same version of Roadbed on both sides`,
      );
    }
    return result.data as RouteResponse<R>;
  }
}

function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name]));
}

function searchOf(query: object = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null)
        search.append(name, String(item));
    }
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}
