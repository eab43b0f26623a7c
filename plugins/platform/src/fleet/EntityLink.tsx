import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink, entityRouteRef } from '@backstage/plugin-catalog-react';
import { useOptionalRouteRef } from '../components/useOptionalRouteRef';
import { entityLabel } from './entityLabel';

/** Properties of {@link EntityLink}. */
export interface EntityLinkProps {
  /** A reference such as `component:default/cart`; anything else is shown as it is. */
  entityRef: string;
  /** The kind that goes without saying, and that a reference without one has. */
  kind: string;
  /** What to show instead of the name in the reference. */
  title?: string;
}

/** What the parts of a reference are made of; the parser takes any text. */
const REF_PART = /^[\w.-]+$/;

/** An owner may be free text that names nothing in the catalog. */
function toEntityRef(text: string, defaultKind: string) {
  try {
    const ref = parseEntityRef(text, { defaultKind });
    return Object.values(ref).every(part => REF_PART.test(part))
      ? ref
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * An entity as a link to its page in the catalog; as text if the portal shows
 * no catalog, or if the reference is none.
 *
 * @remarks
 * Shows the name of the reference unless told a title: a list must not ask the
 * catalog about each of its rows.
 */
export const EntityLink = ({ entityRef, kind, title }: EntityLinkProps) => {
  const hasPage = useOptionalRouteRef(entityRouteRef) !== undefined;
  const parsed = toEntityRef(entityRef, kind);
  const label = title ?? entityLabel(entityRef, kind);
  return parsed && hasPage ? (
    <EntityRefLink entityRef={parsed}>{label}</EntityRefLink>
  ) : (
    <>{label}</>
  );
};
