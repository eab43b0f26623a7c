import {
  parseEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

function toEntityRef(owner: string): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(owner, { defaultKind: 'group' });
  } catch {
    // An owner may be free text that names nothing in the catalog.
    return undefined;
  }
}

/** An owner as a link to its catalog entity, or as text if it names none. */
export const OwnerLink = ({ owner }: { owner: string }) => {
  const entityRef = toEntityRef(owner);
  return entityRef ? <EntityRefLink entityRef={entityRef} /> : <>{owner}</>;
};
