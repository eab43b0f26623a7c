import { z } from 'zod';

/**
 * The single description of one HTTP route: it validates what comes in,
 * types both sides and produces the route's part of the OpenAPI document.
 *
 * @remarks
 * `query` must be a strict object, so that an unknown parameter is refused by
 * name instead of being ignored.
 *
 * @public
 */
export interface ApiRoute<
  TParams extends z.ZodObject = z.ZodObject,
  TQuery extends z.ZodObject = z.ZodObject,
  TResponse extends z.ZodType = z.ZodType,
> {
  /** The OpenAPI operation id, camelCase, unique over all rooms. */
  readonly operationId: string;
  readonly method: 'get' | 'post';
  /** Path below `/api/platform`, with `:name` for path parameters. */
  readonly path: string;
  /** The OpenAPI tag: the room that serves the route. */
  readonly room: string;
  readonly summary: string;
  readonly params: TParams;
  readonly query: TQuery;
  readonly response: TResponse;
  /** The status of a good answer. */
  readonly status: 200 | 202;
  /** What a good answer is; of `text/csv` the response schema is a string. */
  readonly produces: 'application/json' | 'text/csv';
  /** Whether the caller must be signed in; `anyone` is for probes that tell nothing. */
  readonly access: 'signed-in' | 'anyone';
  /** Names of the permissions that the caller needs; empty: what `access` says is enough. */
  readonly permissions: readonly string[];
}

/** What a caller may pass as path parameters of a route. @public */
export type RouteParams<R extends ApiRoute> = z.input<R['params']>;
/** What a caller may pass as query of a route. @public */
export type RouteQuery<R extends ApiRoute> = z.input<R['query']>;
/** What the handler receives once the query has been parsed. @public */
export type ParsedRouteQuery<R extends ApiRoute> = z.output<R['query']>;
/** What a route answers with status 200. @public */
export type RouteResponse<R extends ApiRoute> = z.output<R['response']>;

/**
 * Declares a route, keeping the precise types of its schemas.
 *
 * @public
 */
export function defineApiRoute<
  TResponse extends z.ZodType,
  TParams extends z.ZodObject = z.ZodObject<{}, z.core.$strict>,
  TQuery extends z.ZodObject = z.ZodObject<{}, z.core.$strict>,
>(route: {
  operationId: string;
  method: 'get' | 'post';
  path: string;
  room: string;
  summary: string;
  params?: TParams;
  query?: TQuery;
  response: TResponse;
  status?: 200 | 202;
  produces?: 'application/json' | 'text/csv';
  access?: 'signed-in' | 'anyone';
  permissions: readonly string[];
}): ApiRoute<TParams, TQuery, TResponse> {
  return Object.freeze({
    status: 200,
    produces: 'application/json',
    access: 'signed-in',
    ...route,
    params: route.params ?? (z.strictObject({}) as unknown as TParams),
    query: route.query ?? (z.strictObject({}) as unknown as TQuery),
  });
}
