import {
  useRouteRef,
  type AnyParams,
  type RouteFunc,
  type RouteRef,
  type SubRouteRef,
} from '@backstage/core-plugin-api';

/**
 * The address of a page, or nothing where the portal does not have the page:
 * any of them can be left out or switched off, and a card must do without.
 */
export function useOptionalRouteRef<Params extends AnyParams>(
  routeRef: RouteRef<Params> | SubRouteRef<Params>,
): RouteFunc<Params> | undefined {
  try {
    // Throws at its end, after all of its hooks, so their order stays.
    return useRouteRef(routeRef as RouteRef<Params>);
  } catch {
    return undefined;
  }
}
