import { ALL_VERBS, type ResourceType } from './ResourceType';

/** What differs between resources; everything else follows from it. */
export interface ResourceShape {
  kind: string;
  resource: string;
  /** Lower-cased kind unless given. */
  singular?: string;
  clusterScoped?: boolean;
  verbs?: readonly string[];
  shortNames?: readonly string[];
  categories?: readonly string[];
  /** Subresources; `status` and `scale` have the verbs every server gives them. */
  subresources?: readonly ('status' | 'scale')[];
  fieldLabels?: readonly string[];
  columns?: ResourceType['columns'];
  custom?: boolean;
}

const SUBRESOURCE_VERBS = ['get', 'patch', 'update'] as const;

/** Describes the resources of one version of one API group. */
export function defineGroup(
  groupVersion: string,
  shapes: readonly ResourceShape[],
): ResourceType[] {
  const [version, group = ''] = groupVersion.split('/').reverse();
  return shapes.map(shape => ({
    group,
    version,
    resource: shape.resource,
    singular: shape.singular ?? shape.kind.toLowerCase(),
    kind: shape.kind,
    namespaced: !shape.clusterScoped,
    verbs: shape.verbs ?? ALL_VERBS,
    shortNames: shape.shortNames,
    categories: shape.categories,
    subresources: Object.fromEntries(
      (shape.subresources ?? []).map(name => [name, SUBRESOURCE_VERBS]),
    ),
    fieldLabels: shape.fieldLabels,
    columns: shape.columns,
    custom: shape.custom,
  }));
}
