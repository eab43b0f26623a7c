import { parseEntityRef } from '@backstage/catalog-model';

/**
 * An entity reference as short as it stays clear: without the kind that is
 * expected and without the namespace `default`. What is no reference stays as
 * it is.
 */
export function entityLabel(ref: string, expectedKind: string): string {
  try {
    const { kind, namespace, name } = parseEntityRef(ref);
    const place = namespace === 'default' ? name : `${namespace}/${name}`;
    return kind.toLowerCase() === expectedKind ? place : `${kind}:${place}`;
  } catch {
    // Filters come from the address and may hold anything.
    return ref;
  }
}
