import type { KubernetesObject, ManagedFieldsEntry } from '../kubernetes';

/** Separates the steps of a path; no field name contains it. */
const SEPARATOR = '\u0001';

/** Metadata that the server itself keeps and nobody owns. */
const SERVER_METADATA = new Set([
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
]);

/** Who writes an object, and how. */
export interface FieldWriter {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  /** RFC 3339, seconds. */
  time: string;
  subresource?: string;
}

/**
 * The managedFields of an object after a write: the writer owns what the write
 * changed, the other managers lose exactly that.
 */
export function recordWrite(
  previous: KubernetesObject | undefined,
  next: KubernetesObject,
  writer: FieldWriter,
): ManagedFieldsEntry[] {
  const before = previous ? leavesOf(previous) : new Map<string, string>();
  const after = leavesOf(next);
  const changed = new Set<string>();
  for (const [path, value] of after) {
    if (before.get(path) !== value) changed.add(path);
  }
  const gone = new Set([...before.keys()].filter(path => !after.has(path)));
  const existing = previous?.metadata.managedFields ?? [];
  const own = existing.find(entry => isSameWriter(entry, writer));
  if (changed.size === 0 && gone.size === 0) return existing;

  const ownPaths = new Set(own ? pathsOf(own.fieldsV1 ?? {}) : []);
  const others = existing
    .filter(entry => entry !== own)
    .map(entry => ({ entry, paths: pathsOf(entry.fieldsV1 ?? {}) }))
    .map(({ entry, paths }) => ({
      entry,
      kept: paths.filter(path => !changed.has(path) && !gone.has(path)),
    }))
    .filter(({ kept }) => kept.length > 0)
    .map(({ entry, kept }) => ({ ...entry, fieldsV1: fieldsOf(kept) }));
  const paths = [...ownPaths, ...changed].filter(path => !gone.has(path));
  const entry: ManagedFieldsEntry = {
    manager: writer.manager,
    operation: writer.operation,
    apiVersion: writer.apiVersion,
    time: writer.time,
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsOf([...new Set(paths)]),
    ...(writer.subresource ? { subresource: writer.subresource } : {}),
  };
  return [...others, entry];
}

/** The `fieldsV1` that names every field of an object, as its creator would own it. */
export function ownedFields(
  object: Omit<KubernetesObject, 'apiVersion' | 'kind'>,
  only?: 'status' | 'not status',
): Record<string, unknown> {
  const paths = [...leavesOf(object as KubernetesObject).keys()].filter(
    path => {
      const isStatus = path.startsWith(`f:status${SEPARATOR}`);
      return !only || isStatus === (only === 'status');
    },
  );
  return fieldsOf(paths);
}

function isSameWriter(entry: ManagedFieldsEntry, writer: FieldWriter) {
  return (
    entry.manager === writer.manager &&
    entry.operation === writer.operation &&
    entry.apiVersion === writer.apiVersion &&
    entry.subresource === writer.subresource
  );
}

function leavesOf(object: KubernetesObject): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [field, value] of Object.entries(object)) {
    if (field === 'apiVersion' || field === 'kind') continue;
    if (field === 'metadata') {
      const owned = Object.entries(object.metadata).filter(
        ([name]) => !SERVER_METADATA.has(name),
      );
      collect(Object.fromEntries(owned), ['f:metadata'], leaves);
    } else {
      collect(value, [`f:${field}`], leaves);
    }
  }
  return leaves;
}

function collect(
  value: unknown,
  path: string[],
  leaves: Map<string, string>,
): void {
  const children = childrenOf(value);
  if (!children) {
    leaves.set(path.join(SEPARATOR), JSON.stringify(value));
    return;
  }
  for (const [step, child] of children) collect(child, [...path, step], leaves);
}

/** Steps into a value, or undefined for what is owned as a whole. */
function childrenOf(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) {
    // Lists of named things are owned item by item, others as a whole.
    if (!value.length || !value.every(item => item?.name)) return undefined;
    return value.map(item => [
      `k:${JSON.stringify({ name: item.name })}`,
      item,
    ]);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  if (!entries.length) return undefined;
  return entries.map(([field, child]) => [`f:${field}`, child]);
}

/** Fields that are maps; those, and items of lists, are also owned as such, told by a dot. */
const MAPS = new Set(
  [
    'annotations',
    'binaryData',
    'data',
    'labels',
    'limits',
    'matchLabels',
    'nodeSelector',
    'requests',
    'selector',
  ].map(field => `f:${field}`),
);

function fieldsOf(paths: Iterable<string>): Record<string, unknown> {
  const root: Record<string, any> = {};
  for (const path of paths) {
    let node = root;
    for (const step of path.split(SEPARATOR)) {
      node[step] ??= {};
      node = node[step];
    }
  }
  markMaps(root);
  return root;
}

function markMaps(node: Record<string, any>): void {
  for (const [step, child] of Object.entries(node)) {
    markMaps(child);
    const hasChildren = Object.keys(child).length > 0;
    if (hasChildren && (MAPS.has(step) || step.startsWith('k:'))) {
      child['.'] = {};
    }
  }
}

function pathsOf(fields: Record<string, any>, path: string[] = []): string[] {
  return Object.entries(fields)
    .filter(([step]) => step !== '.')
    .flatMap(([step, child]) => {
      const here = [...path, step];
      const inner = pathsOf(child, here);
      return inner.length ? inner : [here.join(SEPARATOR)];
    });
}
