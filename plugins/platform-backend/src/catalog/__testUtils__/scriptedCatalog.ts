import type { Entity } from '@backstage/catalog-model';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';

/** A component; `spec.owner` and `spec.system` become the relations of the real catalog. */
export function component(
  name: string,
  options: {
    annotations?: Record<string, string>;
    owner?: string;
    system?: string;
    kind?: string;
    spec?: Record<string, string>;
  } = {},
): Entity {
  const { annotations, owner, system, kind = 'Component', spec } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      ...(annotations && { annotations }),
    },
    ...(spec && { spec }),
    relations: [
      ...(owner ? [{ type: 'ownedBy', targetRef: owner }] : []),
      ...(system ? [{ type: 'partOf', targetRef: system }] : []),
    ],
  };
}

/** A catalog in memory that fails on demand and counts how it is asked. */
export class ScriptedCatalog {
  entities: Entity[] = [];
  /** Thrown after this many pages. */
  failAfterPages: number | undefined;
  calls = { stream: 0, byRefs: 0 };
  readonly #handlers: Array<(params: EventParams) => Promise<void>> = [];

  readonly events: EventsService = {
    publish: async params => {
      await Promise.all(this.#handlers.map(handler => handler(params)));
    },
    subscribe: async ({ onEvent }) => {
      this.#handlers.push(onEvent);
    },
  };

  readonly service = {
    streamEntities: (request: { pageSize?: number } = {}) =>
      this.#stream(request.pageSize ?? 500),
    getEntitiesByRefs: async ({ entityRefs }: { entityRefs: string[] }) => {
      this.calls.byRefs++;
      if (this.failAfterPages !== undefined) throw new Error('catalog is away');
      const byRef = new Map(
        this.entities.map(entity => [stringifyEntityRef(entity), entity]),
      );
      return { items: entityRefs.map(ref => byRef.get(ref)) };
    },
  } as unknown as CatalogService;

  readonly auth = mockServices.auth();

  async publish(entityRef: string): Promise<void> {
    await this.events.publish({
      topic: 'platform.catalog-entity',
      eventPayload: { entityRef },
    });
  }

  async *#stream(pageSize: number): AsyncIterable<Entity[]> {
    this.calls.stream++;
    for (let page = 0; ; page++) {
      if (page === this.failAfterPages) throw new Error('catalog is away');
      const part = this.entities.slice(page * pageSize, (page + 1) * pageSize);
      if (part.length === 0) return;
      yield part;
    }
  }
}
