import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';

/** The topic; its payload is `{ entityRef: string }`. */
export const CATALOG_ENTITY_TOPIC = 'platform.catalog-entity';

/** How long the catalog is given to store what it has just processed. */
const SETTLE_MS = 5_000;

/**
 * Entities that are about to be announced as changed, each once however often
 * it changes meanwhile.
 *
 * @remarks
 * Kept in memory only. What a restart loses is announced when the entity is
 * processed next, and read with the whole catalog at the latest.
 */
export class Announcements {
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: { events: EventsService; logger: LoggerService },
  ) {}

  /** Announces an entity soon. */
  add(entityRef: string): void {
    this.#waiting.add(entityRef);
    this.#timer ??= setTimeout(() => void this.#publish(), SETTLE_MS).unref();
  }

  async #publish(): Promise<void> {
    const { events, logger } = this.options;
    this.#timer = undefined;
    const refs = [...this.#waiting];
    this.#waiting.clear();
    const results = await Promise.allSettled(
      refs.map(entityRef =>
        events.publish({
          topic: CATALOG_ENTITY_TOPIC,
          eventPayload: { entityRef },
        }),
      ),
    );
    const failed = results.flatMap((result, index) =>
      result.status === 'rejected' ? [{ ...result, ref: refs[index] }] : [],
    );
    if (failed.length === 0) return;
    logger.warn(
      `${failed.length} changed entities could not be announced; it is tried again`,
      failed[0].reason,
    );
    for (const { ref } of failed) this.add(ref);
  }
}
