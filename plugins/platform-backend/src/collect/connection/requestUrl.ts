import type { ClusterRequest } from '../ClusterConnection';

/** Puts the path of a request under a base URL, which can have a path itself. */
export function requestUrl(
  base: URL,
  request: Pick<ClusterRequest, 'path' | 'query'>,
): URL {
  const url = new URL(base.href);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}${request.path}`;
  url.search = new URLSearchParams(request.query ?? {}).toString();
  return url;
}
