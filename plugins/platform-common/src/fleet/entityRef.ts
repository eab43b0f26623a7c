import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * The full entity reference in lower case, which is how references are stored
 * and compared: `team-cart` of default kind `group` is `group:default/team-cart`.
 *
 * @returns `undefined` when the text is no entity reference
 * @public
 */
export function fullEntityRef(
  text: string,
  defaultKind: string,
): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(text.trim(), {
        defaultKind,
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}
