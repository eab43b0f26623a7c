import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { shortened } from '@roadbed/backstage-plugin-platform-common';
import type { ReadableEntity } from './Caller';

/** The catalog takes as many references in one call without a murmur. */
const REFS_PER_CALL = 500;

/** Asks the catalog which entities a caller may read, and what they are called. */
export async function readableEntities(
  catalog: CatalogService,
  refs: readonly string[],
  credentials: BackstageCredentials,
): Promise<Map<string, ReadableEntity>> {
  const distinct = [...new Set(refs)];
  const readable = new Map<string, ReadableEntity>();
  for (let start = 0; start < distinct.length; start += REFS_PER_CALL) {
    const entityRefs = distinct.slice(start, start + REFS_PER_CALL);
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs,
        fields: ['kind', 'metadata.title', 'spec.profile.displayName'],
      },
      { credentials },
    );
    items.forEach((entity, index) => {
      if (!entity) return;
      const entityRef = entityRefs[index];
      const title = shortened(
        entity.metadata?.title ?? displayNameOf(entity.spec) ?? '',
      );
      readable.set(entityRef, { entityRef, ...(title && { title }) });
    });
  }
  return readable;
}

/** Groups and users have their names in their profile. */
function displayNameOf(spec: unknown): string | undefined {
  const { profile } = (spec ?? {}) as { profile?: { displayName?: unknown } };
  return typeof profile?.displayName === 'string'
    ? profile.displayName
    : undefined;
}
