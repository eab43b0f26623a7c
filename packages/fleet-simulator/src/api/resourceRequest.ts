import type { ResourceRequest } from './Reply';

/** Subresources of a namespace itself, as opposed to resources inside it. */
const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

/**
 * What resource a path is about, or undefined for a path that is none, such as
 * `/version` and the documents of discovery.
 */
export function parseResourceRequest(options: {
  method: string;
  path: string;
  query: URLSearchParams;
}): ResourceRequest | undefined {
  const { method, path, query } = options;
  const segments = path.split('/').filter(Boolean).map(decodeURIComponent);
  let group = '';
  let rest: string[];
  if (segments[0] === 'api' && segments.length > 2) {
    rest = segments.slice(1);
  } else if (segments[0] === 'apis' && segments.length > 3) {
    group = segments[1];
    rest = segments.slice(2);
  } else {
    return undefined;
  }
  const version = rest.shift()!;
  let namespace: string | undefined;
  if (rest[0] === 'namespaces' && rest.length > 1) {
    namespace = rest[1];
    if (rest.length > 2 && !NAMESPACE_SUBRESOURCES.includes(rest[2])) {
      rest = rest.slice(2);
    }
  }
  const [resource, name, subresource] = rest;
  return {
    verb: verbOf(method, Boolean(name), query),
    group,
    version,
    resource,
    subresource,
    namespace,
    name: name ?? nameOfFieldSelector(query),
  };
}

function verbOf(method: string, named: boolean, query: URLSearchParams) {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return named ? 'delete' : 'deletecollection';
    case 'GET':
    case 'HEAD':
      if (named) return 'get';
      return isTrue(query.get('watch')) ? 'watch' : 'list';
    default:
      return '';
  }
}

/** A list of one name is authorized as that name. */
function nameOfFieldSelector(query: URLSearchParams): string | undefined {
  const selector = query.get('fieldSelector');
  return selector?.match(/^metadata\.name={1,2}([^,!=]+)$/)?.[1];
}

/** Query parameters are true when they are there and not `0` or `false`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== '0' && value !== 'false' && value !== '';
}
