import type { KubernetesObject } from '../kubernetes';
import { age } from '../resources/age';
import type { ResourceType } from '../resources/ResourceType';
import type { Representation } from './accept';
import { JsonText } from './Reply';
import { badRequest } from './StatusError';

const META = { group: 'meta.k8s.io', version: 'v1' };

/** What can be asked of a single object beside itself. */
export const OBJECT_REPRESENTATIONS: readonly Representation[] = [
  { as: 'Table', ...META },
  { as: 'PartialObjectMetadata', ...META },
];

/** What can be asked of a list beside itself. */
export const LIST_REPRESENTATIONS: readonly Representation[] = [
  { as: 'Table', ...META },
  { as: 'PartialObjectMetadataList', ...META },
];

const nameOf = (object: KubernetesObject) => object.metadata.name!;
const ageOf = (object: KubernetesObject, now: number) =>
  age(object.metadata.creationTimestamp, now);

/** What goes into `metadata` of a list. */
export interface ListMeta {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

/** How to show objects of one resource. */
export interface RepresentationOptions {
  type: ResourceType;
  /** `includeObject` of the query: how much of the object a table row carries. */
  includeObject?: string;
  /** Epoch milliseconds, for ages. */
  now: number;
}

/** A list in the form that was asked for. */
export function representList(
  objects: readonly KubernetesObject[],
  meta: ListMeta,
  as: string | undefined,
  options: RepresentationOptions,
): object {
  if (as === 'Table') {
    return { ...table(objects, options, true), metadata: meta };
  }
  if (as === 'PartialObjectMetadataList') {
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata: meta,
      items: objects.map(partial),
    };
  }
  const { type } = options;
  const apiVersion = versionOf(type);
  if (type.custom) {
    // Untyped lists keep kind and apiVersion in items and an empty token at the end.
    const { continue: token = '', ...rest } = meta;
    return {
      apiVersion,
      items: objects.map(object => asVersion(object, type)),
      kind: `${type.kind}List`,
      metadata: { continue: token, ...rest },
    };
  }
  return {
    kind: `${type.kind}List`,
    apiVersion,
    metadata: meta,
    items: objects.map(
      ({ kind: _kind, apiVersion: _version, ...item }) => item,
    ),
  };
}

/**
 * A list of items whose text is there already.
 *
 * @param items - JSON without kind and apiVersion: not for custom resources
 */
export function listText(
  items: readonly string[],
  meta: ListMeta,
  type: ResourceType,
): JsonText {
  const head = JSON.stringify({
    kind: `${type.kind}List`,
    apiVersion: versionOf(type),
    metadata: meta,
  });
  const pieces = [`${head.slice(0, -1)},"items":[`];
  items.forEach((item, index) => pieces.push(index ? `,${item}` : item));
  pieces.push(']}');
  return new JsonText(pieces);
}

/** One object in the form that was asked for. */
export function representObject(
  object: KubernetesObject,
  as: string | undefined,
  options: RepresentationOptions,
): object {
  if (as === 'Table') {
    const { resourceVersion = '' } = object.metadata;
    return { ...table([object], options, true), metadata: { resourceVersion } };
  }
  if (as === 'PartialObjectMetadata') return partial(object);
  return asVersion(object, options.type);
}

/** The object of a watch event; only the first table of a stream has columns. */
export function representEvent(
  object: KubernetesObject,
  as: string | undefined,
  options: RepresentationOptions & { first: boolean },
): object {
  if (as === 'Table') {
    const { resourceVersion = '' } = object.metadata;
    return {
      ...table([object], options, options.first),
      metadata: { resourceVersion },
    };
  }
  return as ? partial(object) : asVersion(object, options.type);
}

function versionOf(type: ResourceType): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

function asVersion(object: KubernetesObject, type: ResourceType) {
  const apiVersion = versionOf(type);
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}

function partial(object: KubernetesObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}

function table(
  objects: readonly KubernetesObject[],
  options: RepresentationOptions,
  withColumns: boolean,
) {
  const { type, includeObject = 'Metadata', now } = options;
  const own = type.columns ?? [];
  const columns = [
    { name: 'Name', type: 'string', format: 'name', cell: nameOf },
    ...own,
    ...(own.some(column => column.name === 'Age')
      ? []
      : [{ name: 'Age', type: 'string', cell: ageOf }]),
  ];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: withColumns
      ? columns.map(column => ({
          name: column.name,
          type: column.type ?? 'string',
          format: 'format' in column ? column.format ?? '' : '',
          description: '',
          priority: 'priority' in column ? column.priority ?? 0 : 0,
        }))
      : [],
    rows: objects.map(object => ({
      cells: columns.map(column => column.cell(object, now) ?? null),
      ...rowObject(object, includeObject),
    })),
  };
}

function rowObject(object: KubernetesObject, includeObject: string) {
  switch (includeObject) {
    case 'None':
      return {};
    case 'Object':
      return { object };
    case 'Metadata':
    case '':
      return { object: partial(object) };
    default:
      throw badRequest(`unrecognized includeObject value: "${includeObject}"`);
  }
}
