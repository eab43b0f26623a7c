import { OwnershipIndex } from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import { setImmediate as breathe } from 'node:timers/promises';
import type { CatalogEntity } from './catalogEntity';
import type { CatalogStore } from './CatalogStore';

/** The copy of the catalog at one revision. */
export interface IndexSnapshot {
  index: OwnershipIndex;
  revision: number;
  /** `false` until the whole catalog was read once: ownership is unknown. */
  known: boolean;
}

/**
 * The stored copy of the catalog, in the memory of this process.
 *
 * @remarks
 * Read again only when its revision has changed, and then only what changed.
 * Nothing here waits for anything but the database connection it was given, so
 * that a pool of one connection is enough.
 */
export class CatalogIndex {
  #index = new OwnershipIndex();
  #revision = 0;

  constructor(private readonly options: { store: CatalogStore; knex: Knex }) {}

  /**
   * The index as it is now.
   *
   * @param tx - a transaction until whose end the stored copy, and with it
   *   this index, does not change
   */
  async current(tx?: Knex.Transaction): Promise<IndexSnapshot> {
    const { store, knex } = this.options;
    for (;;) {
      const state = await store.state(tx);
      const known = state.completeAt !== null;
      if (state.revision === this.#revision) {
        return { index: this.#index, revision: this.#revision, known };
      }
      const isOlder = state.revision < this.#revision;
      const from =
        isOlder || state.deletedRevision > this.#revision ? 0 : this.#revision;
      if (from > 0) {
        const entities: CatalogEntity[] = [];
        for await (const page of store.entitiesSince(tx ?? knex, from)) {
          entities.push(...page);
        }
        if (from !== this.#revision) continue; // Another load was faster.
        for (const entity of entities) this.#index.set(entity);
        this.#revision = state.revision;
        continue;
      }
      const index = new OwnershipIndex();
      for await (const page of store.entitiesSince(tx ?? knex, 0)) {
        await breathe();
        for (const entity of page) index.set(entity);
      }
      this.#index = index;
      this.#revision = state.revision;
    }
  }
}
