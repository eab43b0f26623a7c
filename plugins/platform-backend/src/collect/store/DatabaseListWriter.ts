import { setImmediate as breathe } from 'node:timers/promises';
import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import type { Lease } from '../lease';
import type {
  ApplyResult,
  ListWriter,
  ObservationListener,
} from '../observations';
import { contentHash } from './contentHash';
import { CountMismatchError } from './CountMismatchError';
import type { CoverageStore } from './CoverageStore';
import { chunks, insertChunkSize, toText, whereInArray } from './dialect';
import { assertLease } from './fencing';
import type { CollectorDatabase } from './CollectorDatabase';
import { storableObject } from './storableObject';

/** An object of a page that has to be written. */
interface ChangedObject {
  object: ObservedObject;
  /** Its document as text. */
  doc: string;
  hash: string;
}

const COLUMNS = 7;
const DELETE_CHUNK = 5_000;
/** Objects that are hashed before other work gets its turn: some 5 ms. */
const HASH_CHUNK = 500;

/**
 * Takes in one list against the rows that were stored when it began.
 *
 * @remarks
 * Calls must not overlap. What it remembers changes only after a commit, so
 * that a repeated transaction starts from the same state.
 */
export class DatabaseListWriter implements ListWriter {
  private readonly seen = new Set<string>();
  private readonly changed = new Set<string>();
  private inserted = 0;
  private duplicates = 0;
  private deleted = 0;

  constructor(
    private readonly options: {
      lease: Lease;
      /** Key to hash of the stored rows; kept in step with what is written. */
      stored: Map<string, string>;
      database: CollectorDatabase;
      coverage: CoverageStore;
      listeners: readonly ObservationListener[];
      /** Rows of this list that may be stored at a time. */
      maxRows: number;
    },
  ) {}

  async page(objects: ObservedObject[]): Promise<void> {
    // In one page as in one list, the last object of a key counts.
    const byKey = new Map(
      objects.map(object => {
        const key = toText(object.key);
        return [key, key === object.key ? object : { ...object, key }];
      }),
    );
    const changed = await this.changedOf([...byKey.values()]);
    if (changed.length > 0) {
      await this.options.database.write(tx => this.upsert(tx, changed));
    }
    this.duplicates += objects.length - byKey.size;
    for (const key of byKey.keys()) {
      if (this.seen.has(key)) {
        this.duplicates++;
      }
      this.seen.add(key);
    }
    for (const { object, hash } of changed) {
      this.inserted += this.options.stored.has(object.key) ? 0 : 1;
      this.options.stored.set(object.key, hash);
      this.changed.add(object.key);
    }
  }

  async complete(list: {
    resourceVersion: string | null;
  }): Promise<ApplyResult> {
    const { lease, stored, database } = this.options;
    const gone = [...stored.keys()].filter(key => !this.seen.has(key));
    const rowCount = await database.write(tx => this.finish(tx, gone, list));
    gone.forEach(key => stored.delete(key));
    this.deleted += gone.length;
    if (rowCount !== this.seen.size) {
      throw new CountMismatchError(lease, {
        stored: rowCount,
        listed: this.seen.size,
      });
    }
    return this.result();
  }

  result(): ApplyResult {
    return {
      objects: this.seen.size,
      upserted: this.changed.size,
      inserted: this.inserted,
      deleted: this.deleted,
      unchanged: this.seen.size - this.changed.size,
      duplicates: this.duplicates,
    };
  }

  /**
   * What of a page has to be written.
   *
   * @remarks
   * Lists that break off again and again leave rows behind each time, which
   * only a complete one deletes. Where there is no room for more, new objects
   * are left out; should the list be complete after all, the difference in
   * number makes the next run write them, into the room that was made.
   */
  private async changedOf(objects: ObservedObject[]): Promise<ChangedObject[]> {
    const { stored, maxRows } = this.options;
    const changed: ChangedObject[] = [];
    let room = maxRows - stored.size;
    for (const [index, object] of objects.entries()) {
      if (index > 0 && index % HASH_CHUNK === 0) {
        await breathe();
      }
      const doc = JSON.stringify(object.doc);
      const json = `${JSON.stringify([object.namespace, object.name])}${doc}`;
      const hash = contentHash(json);
      const known = stored.get(object.key);
      if (known !== hash && (known !== undefined || room-- > 0)) {
        const storable = storableObject(object, json);
        changed.push({
          object: storable,
          doc: storable === object ? doc : JSON.stringify(storable.doc),
          hash,
        });
      }
    }
    return changed;
  }

  private async upsert(tx: Knex.Transaction, changed: ChangedObject[]) {
    const { lease } = this.options;
    await assertLease(tx, lease);
    for (const chunk of chunks(changed, insertChunkSize(COLUMNS))) {
      await tx('observed_objects')
        .insert(
          chunk.map(({ object, doc, hash }) => ({
            cluster_id: lease.clusterId,
            collector: lease.collector,
            key: object.key,
            namespace: object.namespace,
            name: object.name,
            hash,
            doc,
          })),
        )
        .onConflict(['cluster_id', 'collector', 'key'])
        .merge(['namespace', 'name', 'hash', 'doc']);
    }
    await this.tell(tx, {
      upserted: changed.map(({ object }) => object),
      deletedKeys: [],
      complete: false,
    });
  }

  /** @returns the number of rows that are stored now */
  private async finish(
    tx: Knex.Transaction,
    gone: string[],
    list: { resourceVersion: string | null },
  ): Promise<number> {
    const { lease, coverage } = this.options;
    await assertLease(tx, lease);
    const rows = () =>
      tx('observed_objects').where({
        cluster_id: lease.clusterId,
        collector: lease.collector,
      });
    for (const chunk of chunks(gone, DELETE_CHUNK)) {
      await whereInArray(rows(), 'key', chunk).delete();
    }
    const [{ count }] = await rows().count({ count: '*' });
    const rowCount = Number(count);
    const complete = rowCount === this.seen.size;
    await this.tell(tx, { upserted: [], deletedKeys: gone, complete });
    if (complete) {
      await coverage.complete(tx, lease, { objects: rowCount, ...list });
    } else {
      // No list has this hash, so the next one writes every object again.
      await rows().update({ hash: '' });
    }
    return rowCount;
  }

  private async tell(
    tx: Knex.Transaction,
    change: {
      upserted: ObservedObject[];
      deletedKeys: string[];
      complete: boolean;
    },
  ) {
    const { lease, listeners } = this.options;
    for (const listener of listeners) {
      await listener.onChange(tx, {
        clusterId: lease.clusterId,
        clusterName: lease.clusterName,
        collector: lease.collector,
        ...change,
      });
    }
  }
}
