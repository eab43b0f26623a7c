/** What can be asked of a resource, in the order that discovery lists it. */
export const ALL_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;

/** One column of the server-side table of a resource. */
export interface TableColumn {
  name: string;
  type?: 'string' | 'integer' | 'date' | 'boolean';
  format?: string;
  /** 0 is always shown by kubectl, 1 only with `-o wide`. */
  priority?: 0 | 1;
  /** Cell of one object; `now` is epoch milliseconds. */
  cell: (object: any, now: number) => string | number | boolean | null;
}

/** One resource of the API: what discovery tells, and how to serve it. */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  version: string;
  /** Plural name of the path, such as `deployments`. */
  resource: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  verbs: readonly string[];
  shortNames?: readonly string[];
  categories?: readonly string[];
  /** Names beside the verbs of each, such as `status` and `scale`. */
  subresources?: Readonly<Record<string, readonly string[]>>;
  /** Paths that field selectors may use beyond `metadata.name` and `metadata.namespace`. */
  fieldLabels?: readonly string[];
  /** Columns between Name and Age; without them the table has only those two. */
  columns?: readonly TableColumn[];
  /** Served by a CustomResourceDefinition: lists keep kind and apiVersion, bodies are not ordered. */
  custom?: boolean;
}

/** `v1` or `apps/v1`. */
export function groupVersionOf(type: Pick<ResourceType, 'group' | 'version'>) {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

/** `pods` or `deployments.apps`: the name in messages and of store keys. */
export function qualifiedName(type: Pick<ResourceType, 'group' | 'resource'>) {
  return type.group ? `${type.resource}.${type.group}` : type.resource;
}
