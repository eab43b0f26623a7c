import {
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  type Entity,
} from '@backstage/catalog-model';
import {
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorCache,
  type CatalogProcessorEmit,
  type LocationSpec,
} from '@backstage/plugin-catalog-node';
import { describedCluster, isProvided } from './clusterResources';
import { dependentsOn } from './Fleet';
import type { FleetWatch } from './FleetWatch';

/** Where the relations are kept that were emitted last. */
const CACHE_KEY = 'runs-on';

/** What a cycle names to have the written resource of a cluster processed. */
export function refreshKeyOf(cluster: string): string {
  return `platform-cluster:${cluster}`;
}

/**
 * Relates resources that somebody has written for a cluster to the entities
 * that run on it.
 *
 * @remarks
 * Relations live as long as the processor emits them, so while Roadbed does not
 * say what runs where, those of the last time are emitted again.
 */
export class WrittenClusterProcessor implements CatalogProcessor {
  constructor(private readonly fleet: FleetWatch) {}

  getProcessorName(): string {
    return 'PlatformWrittenClusterProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (entity.kind !== 'Resource' || isProvided(entity)) return entity;
    const cluster = describedCluster(entity);
    const last = (await cache.get<string[]>(CACHE_KEY)) ?? [];
    if (cluster === undefined) {
      if (last.length > 0) await cache.set(CACHE_KEY, []);
      return entity;
    }
    emit(processingResult.refresh(refreshKeyOf(cluster)));
    const fleet = await this.fleet.current();
    const refs = (fleet && dependentsOn(fleet, cluster)) ?? last;
    if (refs.length > 0 || last.length > 0) {
      await cache.set(CACHE_KEY, [...refs]);
    }
    const self = getCompoundEntityRef(entity);
    for (const ref of refs) {
      const dependent = parseEntityRef(ref);
      emit(
        processingResult.relation({
          source: self,
          type: RELATION_DEPENDENCY_OF,
          target: dependent,
        }),
      );
      emit(
        processingResult.relation({
          source: dependent,
          type: RELATION_DEPENDS_ON,
          target: self,
        }),
      );
    }
    return entity;
  }
}
