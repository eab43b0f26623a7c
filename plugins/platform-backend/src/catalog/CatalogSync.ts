import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { OwnershipEntity } from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import {
  setImmediate as breathe,
  setTimeout as sleep,
} from 'node:timers/promises';
import limiter from 'p-limit';
import { chunks, retryOnDeadlock } from '../collect/store/dialect';
import {
  CATALOG_FIELDS,
  hashOf,
  toCatalogEntity,
  type CatalogEntity,
} from './catalogEntity';
import type { CatalogMetrics } from './CatalogMetrics';
import type { CatalogStore } from './CatalogStore';

/** Published by Roadbed's catalog module: `{ entityRef: string }`. */
export const CATALOG_ENTITY_TOPIC = 'platform.catalog-entity';

const TASK_ID = 'platform-catalog-refresh';
/** Entities that are written in one transaction, and asked for in one call. */
const WRITE_CHUNK = 500;
const READ_CHUNK = 250;
/** More changes than this are not looked up one by one. */
const MANY = 1_000;
const DEBOUNCE_MS = 1_000;
const RETRY_MS = 15_000;

const NOTHING_READ = Object.freeze({ ok: false, changed: 0, entities: 0 });

/** Entities as they were and as they are. */
interface Change {
  before: CatalogEntity[];
  after: CatalogEntity[];
}

/**
 * Keeps the stored copy of the catalog current: by reading the whole catalog
 * at start and on a schedule, and by events in between.
 *
 * @remarks
 * Only a stream that ended properly deletes anything. One that fails leaves
 * the copy as it is, with its age and the error beside it.
 */
export class CatalogSync {
  readonly #stopped = new AbortController();
  /** One reading of the catalog at a time, so that they can not overtake. */
  readonly #turn = limiter(1);
  readonly #pending = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: {
      knex: Knex;
      logger: LoggerService;
      metrics: CatalogMetrics;
      auth: AuthService;
      catalog: CatalogService;
      events: EventsService;
      scheduler: SchedulerService;
      store: CatalogStore;
      /** How often the whole catalog is read, in milliseconds. */
      refreshMs: number;
      /** Where resources come from whose word on clusters counts; absent: anywhere. */
      clusterLocations?: readonly string[];
      /** Told in the transaction that changes what the catalog says of clusters. */
      clustersChanged(tx: Knex.Transaction): Promise<void>;
      /** Told after a change, to decide again about workloads. */
      sweep(
        changed:
          | { before: OwnershipEntity[]; after: OwnershipEntity[] }
          | 'all',
        signal: AbortSignal,
      ): Promise<{ decided: number }>;
    },
  ) {}

  /** Begins to follow the catalog; does not wait for it. */
  async start(): Promise<void> {
    const { events, scheduler, refreshMs } = this.options;
    await events.subscribe({
      id: 'platform-catalog-index',
      topics: [CATALOG_ENTITY_TOPIC],
      onEvent: async ({ eventPayload }) => {
        const ref = (eventPayload as { entityRef?: unknown } | undefined)
          ?.entityRef;
        if (typeof ref === 'string') this.#remember([ref], DEBOUNCE_MS);
      },
    });
    await scheduler.scheduleTask({
      id: TASK_ID,
      scope: 'global',
      frequency: { milliseconds: refreshMs },
      initialDelay: { milliseconds: refreshMs },
      timeout: { minutes: 10 },
      fn: async signal => {
        await this.refresh(signal);
      },
    });
    void this.#settle();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    clearTimeout(this.#timer);
    await this.#turn(async () => {});
  }

  /**
   * Reads the whole catalog.
   *
   * @returns whether it could be read, how many entities there are, and how
   *   many of them differed
   */
  refresh(
    signal: AbortSignal = this.#stopped.signal,
  ): Promise<{ ok: boolean; changed: number; entities: number }> {
    return this.#turn(async () => {
      const { store, logger, metrics } = this.options;
      if (this.#stopped.signal.aborted) return NOTHING_READ;
      const startedAt = performance.now();
      const told = (outcome: 'success' | 'error') =>
        metrics.read({ outcome, durationMs: performance.now() - startedAt });
      try {
        const reading = await this.#refresh(signal);
        told('success');
        return { ok: true, ...reading };
      } catch (error) {
        if (this.#stopped.signal.aborted) return NOTHING_READ;
        told('error');
        const message = isError(error) ? error.message : String(error);
        logger.warn(
          'The catalog could not be read; owners stay as they are until it can',
          error as Error,
        );
        await store.failed(message).catch(failure => {
          logger.error('The failure could not be recorded', failure);
        });
        return NOTHING_READ;
      }
    });
  }

  /**
   * Reads the catalog soon and again until it answers and stands still: it may
   * be starting, and filling, at the same time.
   */
  async #settle(): Promise<void> {
    const { refreshMs } = this.options;
    const { signal } = this.#stopped;
    let pause = RETRY_MS;
    while (pause < refreshMs) {
      const { ok, changed, entities } = await this.refresh(signal);
      // From then on the schedule and events are enough. A catalog without a
      // single entity has not begun to fill.
      if (ok && changed === 0 && entities > 0) return;
      // While it fills it is read at one pace, while it is away or empty less
      // and less often.
      pause = changed > 0 ? RETRY_MS : pause * 2;
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
    }
  }

  async #refresh(
    signal: AbortSignal,
  ): Promise<{ changed: number; entities: number }> {
    const { catalog, auth, store, clusterLocations } = this.options;
    const [{ revision: since }, stored] = [
      await store.state(),
      await store.hashes(),
    ];
    const credentials = await auth.getOwnServiceCredentials();
    const seen = new Set<string>();
    const changed: CatalogEntity[] = [];
    const stream = catalog.streamEntities(
      { fields: CATALOG_FIELDS },
      { credentials },
    );
    for await (const page of stream) {
      await breathe();
      signal.throwIfAborted();
      for (const source of page) {
        const entity = toCatalogEntity(source, clusterLocations);
        seen.add(entity.entityRef);
        if (stored.get(entity.entityRef) !== hashOf(entity)) {
          changed.push(entity);
        }
      }
    }
    const deletedRefs = [...stored.keys()].filter(ref => !seen.has(ref));
    await this.#apply({ changed, deletedRefs, since, complete: true }, signal);
    return {
      changed: changed.length + deletedRefs.length,
      entities: seen.size,
    };
  }

  #remember(refs: Iterable<string>, delayMs: number): void {
    for (const ref of refs) this.#pending.add(ref);
    if (this.#timer || this.#stopped.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#turn(() => this.#readPending());
    }, delayMs);
    this.#timer.unref();
  }

  async #readPending(): Promise<void> {
    const { store, logger } = this.options;
    const refs = [...this.#pending];
    this.#pending.clear();
    if (this.#stopped.signal.aborted || refs.length === 0) return;
    try {
      const { revision: since, completeAt } = await store.state();
      // The first reading of everything brings these, too.
      if (completeAt === null) return;
      const { found, missing } = await this.#readRefs(refs);
      const stored = await store.entities(refs);
      const hashes = new Map(
        stored.map(entity => [entity.entityRef, hashOf(entity)]),
      );
      await this.#apply(
        {
          changed: found.filter(
            entity => hashes.get(entity.entityRef) !== hashOf(entity),
          ),
          deletedRefs: missing.filter(ref => hashes.has(ref)),
          since,
          complete: false,
        },
        this.#stopped.signal,
      );
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      logger.warn(
        `${refs.length} changed entities could not be read; trying again`,
        error as Error,
      );
      this.#remember(refs, RETRY_MS);
    }
  }

  async #readRefs(refs: string[]) {
    const { catalog, auth, clusterLocations } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const found: CatalogEntity[] = [];
    const missing: string[] = [];
    for (const entityRefs of chunks(refs, READ_CHUNK)) {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs, fields: CATALOG_FIELDS },
        { credentials },
      );
      items.forEach((entity, place) => {
        if (entity) found.push(toCatalogEntity(entity, clusterLocations));
        else missing.push(entityRefs[place].toLowerCase());
      });
    }
    return { found, missing };
  }

  async #apply(
    changes: {
      changed: CatalogEntity[];
      deletedRefs: string[];
      since: number;
      complete: boolean;
    },
    signal: AbortSignal,
  ): Promise<void> {
    const { store, knex, logger, metrics, clustersChanged, sweep } =
      this.options;
    const { changed, deletedRefs, since, complete } = changes;
    const { evaluatedRevision, completeAt } = await store.state();
    const isMuch = changed.length + deletedRefs.length > MANY;
    const change: Change = {
      before: isMuch
        ? []
        : await store.entities([
            ...changed.map(({ entityRef }) => entityRef),
            ...deletedRefs,
          ]),
      after: changed,
    };
    const parts = chunks(changed, WRITE_CHUNK);
    let revision = since;
    for (let place = 0; place < Math.max(parts.length, 1); place++) {
      const isLast = place >= parts.length - 1;
      await breathe();
      revision = await retryOnDeadlock(() =>
        knex.transaction(async tx => {
          const written = await store.apply(tx, {
            upserts: parts[place] ?? [],
            deletedRefs: isLast ? deletedRefs : [],
            since,
            complete: complete && isLast,
          });
          if (isLast) await clustersChanged(tx);
          return written;
        }),
      );
    }
    const isAll = isMuch || completeAt === null || evaluatedRevision !== since;
    if (revision === evaluatedRevision && completeAt !== null) return;
    const { decided } = await sweep(isAll ? 'all' : change, signal);
    await store.evaluated(evaluatedRevision, revision);
    metrics.changed({
      updated: changed.length,
      deleted: deletedRefs.length,
      decided,
    });
    logger.info(
      `The catalog changed in ${changed.length} entities and lost ${deletedRefs.length}; decided again about the owners of ${decided} workloads`,
    );
  }
}
