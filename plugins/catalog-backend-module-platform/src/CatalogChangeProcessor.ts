import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
  LocationSpec,
} from '@backstage/plugin-catalog-node';
import { createHash } from 'node:crypto';
import type { Announcements } from './Announcements';

const CACHE_KEY = 'announced';

/** What was announced of an entity. */
interface Announced {
  fingerprint: string;
  /** Whether it was announced again after the catalog had stored it. */
  confirmed: boolean;
  [key: string]: string | boolean;
}

/**
 * Announces entities of which something has changed that decides what belongs
 * to whom: the catalog itself says nothing when an entity changes.
 *
 * @remarks
 * An entity is processed before it is stored, so whoever reads it upon the
 * announcement may, on a busy day, still get the old one. It is therefore
 * announced a second time when it is processed next, and then no more until it
 * changes.
 */
export class CatalogChangeProcessor implements CatalogProcessor {
  constructor(private readonly announcements: Announcements) {}

  getProcessorName(): string {
    return 'PlatformCatalogChangeProcessor';
  }

  /** Behind the processors that add annotations; the default is 20. */
  getPriority(): number {
    return 100;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    _emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (entity.kind === 'Location') return entity;
    const fingerprint = fingerprintOf(entity);
    const last = await cache.get<Announced>(CACHE_KEY);
    const same = last?.fingerprint === fingerprint;
    if (same && last.confirmed) return entity;
    this.announcements.add(stringifyEntityRef(entity));
    await cache.set<Announced>(CACHE_KEY, { fingerprint, confirmed: same });
    return entity;
  }
}

/** A hash over what ownership and the attributes of clusters depend on. */
function fingerprintOf({ metadata, spec }: Entity): string {
  const { title, labels = {}, annotations = {} } = metadata;
  const relevant = Object.entries(annotations).filter(
    ([key]) =>
      key.startsWith('backstage.io/kubernetes') ||
      key.startsWith('roadbed.dev/'),
  );
  const { owner, system, domain, type, profile } = spec ?? {};
  return createHash('sha256')
    .update(
      JSON.stringify([
        title,
        Object.entries(labels).sort(),
        relevant.sort(),
        owner,
        system,
        domain,
        type,
        profile,
      ]),
    )
    .digest('base64url');
}
