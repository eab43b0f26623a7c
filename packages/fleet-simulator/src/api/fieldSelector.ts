import type { KubernetesObject } from '../kubernetes';
import type { ResourceType } from '../resources/ResourceType';
import type { ObjectFilter } from './labelSelector';
import { badRequest } from './StatusError';

const COMMON_LABELS = ['metadata.name', 'metadata.namespace'];

/**
 * A filter of a `fieldSelector`: `metadata.name=a,status.phase!=Running`.
 *
 * @throws StatusError 400 for a field that the resource cannot be selected by
 */
export function parseFieldSelector(
  selector: string,
  type: ResourceType,
): ObjectFilter | undefined {
  const terms = selector.split(',').filter(Boolean);
  if (terms.length === 0) return undefined;
  const filters = terms.map(term => parseTerm(term, type));
  return object => filters.every(matches => matches(object));
}

function parseTerm(term: string, type: ResourceType): ObjectFilter {
  const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
  if (!match) {
    throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  }
  const [, field, operator, value] = match;
  const known = [...COMMON_LABELS, ...(type.fieldLabels ?? [])];
  if (!known.includes(field)) {
    // Resources with fields of their own word it differently.
    throw badRequest(
      type.fieldLabels
        ? `field label not supported: ${field}`
        : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  const path = field.split('.');
  return object => (valueAt(object, path) === value) === (operator !== '!=');
}

function valueAt(object: KubernetesObject, path: string[]): string {
  let value: any = object;
  for (const step of path) value = value?.[step];
  return value === undefined || value === null ? '' : String(value);
}
