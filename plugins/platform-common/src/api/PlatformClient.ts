import { ResponseError } from '@backstage/errors';
import {
  getClusterRoute,
  getFleetSummaryRoute,
  getHealthRoute,
  listClustersRoute,
  listCollectionsRoute,
  listWorkloadsRoute,
} from '../fleet/fleetRoutes';
import type { ApiRoute, RouteQuery, RouteResponse } from './apiRoute';

/** How a call can be given up. @public */
export interface RequestOptions {
  signal?: AbortSignal;
  /** A Backstage token, where `fetchApi` does not add one. */
  token?: string;
}

/** What the platform plugin can be asked. @public */
export interface PlatformApi {
  getFleetSummary(
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getFleetSummaryRoute>>;
  listClusters(
    query?: RouteQuery<typeof listClustersRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listClustersRoute>>;
  getCluster(
    params: { id: string },
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof getClusterRoute>>;
  listWorkloads(
    query?: RouteQuery<typeof listWorkloadsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listWorkloadsRoute>>;
  listCollections(
    query?: RouteQuery<typeof listCollectionsRoute>,
    options?: RequestOptions,
  ): Promise<RouteResponse<typeof listCollectionsRoute>>;
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

  getCluster(params: { id: string }, options?: RequestOptions) {
    return this.#request(getClusterRoute, { params }, options);
  }

  listWorkloads(
    query: RouteQuery<typeof listWorkloadsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listWorkloadsRoute, { query }, options);
  }

  listCollections(
    query: RouteQuery<typeof listCollectionsRoute> = {},
    options?: RequestOptions,
  ) {
    return this.#request(listCollectionsRoute, { query }, options);
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
    const result = route.response.safeParse(await response.json());
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
