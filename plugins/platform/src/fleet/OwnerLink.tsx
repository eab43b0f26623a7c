import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { entityLabel } from './entityLabel';

function namesEntity(owner: string): boolean {
  try {
    parseEntityRef(owner, { defaultKind: 'group' });
    return true;
  } catch {
    // An owner may be free text that names nothing in the catalog.
    return false;
  }
}

/**
 * An owner as a link to its catalog entity, or as text if it names none.
 *
 * @remarks
 * Shows the name of the reference, not the title of the entity: a list of
 * owners must not ask the catalog about each.
 */
export const OwnerLink = ({ owner }: { owner: string }) =>
  namesEntity(owner) ? (
    <EntityRefLink entityRef={owner} defaultKind="group">
      {entityLabel(owner, 'group')}
    </EntityRefLink>
  ) : (
    <>{owner}</>
  );
