import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import { nextTurn, ownTurn } from '../eventLoop';
import type { Lease } from '../lease';
import type {
  ApplyResult,
  ListWriter,
  ObservationListener,
  UnchangedList,
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

/** A page beside what is stored. */
interface ComparedPage {
  keys: Set<string>;
  changed: ChangedObject[];
  /** Objects of keys that the same page names again. */
  duplicates: number;
}

/** What the end of a list has to write. */
interface ListEnd {
  page: ComparedPage;
  /** Keys of rows that the list did not name. */
  gone: string[];
  /** Different keys that it named. */
  listed: number;
  resourceVersion: string | null;
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
    const page = await this.compare(objects);
    if (page.changed.length > 0) {
      await this.options.database.write(async tx => {
        await assertLease(tx, this.options.lease);
        await this.upsert(tx, page.changed);
        await this.tell(tx, { page, deletedKeys: [], complete: false });
      });
    }
    this.remember(page);
  }

  async complete(list: {
    objects?: ObservedObject[];
    resourceVersion: string | null;
    onUnchanged?(list: UnchangedList): void;
  }): Promise<ApplyResult> {
    const { lease, stored, database } = this.options;
    const page = await this.compare(list.objects ?? []);
    const gone = [...stored.keys()].filter(
      key => !this.seen.has(key) && !page.keys.has(key),
    );
    const again = [...page.keys].filter(key => this.seen.has(key)).length;
    const listed = this.seen.size + page.keys.size - again;
    const { resourceVersion, onUnchanged } = list;
    const end = { page, gone, listed, resourceVersion };
    if (onUnchanged && !this.isChangedBy(end) && listed === stored.size) {
      this.remember(page);
      onUnchanged({
        objects: listed,
        resourceVersion,
        tell: tx => this.tell(tx, { page, deletedKeys: [], complete: true }),
      });
      return this.result();
    }
    const rowCount = await database.write(tx => this.finish(tx, end));
    this.remember(page);
    gone.forEach(key => stored.delete(key));
    this.deleted += gone.length;
    if (rowCount !== listed) {
      throw new CountMismatchError(lease, { stored: rowCount, listed });
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

  private async compare(objects: ObservedObject[]): Promise<ComparedPage> {
    // In one page as in one list, the last object of a key counts.
    const byKey = new Map(
      objects.map(object => {
        const key = toText(object.key);
        return [key, key === object.key ? object : { ...object, key }];
      }),
    );
    return {
      keys: new Set(byKey.keys()),
      changed: await this.changedOf([...byKey.values()]),
      duplicates: objects.length - byKey.size,
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
        await ownTurn();
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

  private remember(page: ComparedPage): void {
    this.duplicates += page.duplicates;
    for (const key of page.keys) {
      if (this.seen.has(key)) {
        this.duplicates++;
      }
      this.seen.add(key);
    }
    for (const { object, hash } of page.changed) {
      this.inserted += this.options.stored.has(object.key) ? 0 : 1;
      this.options.stored.set(object.key, hash);
      this.changed.add(object.key);
    }
  }

  private async upsert(tx: Knex.Transaction, changed: ChangedObject[]) {
    const { lease } = this.options;
    for (const chunk of chunks(changed, insertChunkSize(COLUMNS))) {
      await nextTurn();
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
  }

  /** @returns the number of rows that are stored now */
  private async finish(tx: Knex.Transaction, end: ListEnd): Promise<number> {
    const { lease, coverage } = this.options;
    const { page, gone, listed, resourceVersion } = end;
    await assertLease(tx, lease);
    await this.upsert(tx, page.changed);
    for (const chunk of chunks(gone, DELETE_CHUNK)) {
      await whereInArray(this.rows(tx), 'key', chunk).delete();
    }
    const objects = await this.countRows(tx, end);
    const complete = objects === listed;
    await this.tell(tx, { page, deletedKeys: gone, complete });
    if (complete) {
      await coverage.complete(tx, lease, { objects, resourceVersion });
    } else {
      // No list has this hash, so the next one writes every object again.
      await this.rows(tx).update({ hash: '' });
    }
    return objects;
  }

  private rows(tx: Knex.Transaction) {
    const { clusterId, collector } = this.options.lease;
    return tx('observed_objects').where({ cluster_id: clusterId, collector });
  }

  /** Whether the list changes any row, with its end. */
  private isChangedBy({ page, gone }: ListEnd): boolean {
    return this.changed.size + page.changed.length + gone.length > 0;
  }

  /** Where this list wrote nothing, the rows are those that were read for it. */
  private async countRows(tx: Knex.Transaction, end: ListEnd): Promise<number> {
    if (!this.isChangedBy(end)) {
      return this.options.stored.size;
    }
    const [{ count }] = await this.rows(tx).count({ count: '*' });
    return Number(count);
  }

  private async tell(
    tx: Knex.Transaction,
    change: { page: ComparedPage; deletedKeys: string[]; complete: boolean },
  ) {
    const { lease, listeners } = this.options;
    const { page, deletedKeys, complete } = change;
    const upserted = page.changed.map(({ object }) => object);
    for (const listener of listeners) {
      if (upserted.length > 0) {
        await nextTurn();
      }
      await listener.onChange(tx, {
        clusterId: lease.clusterId,
        clusterName: lease.clusterName,
        collector: lease.collector,
        upserted,
        deletedKeys,
        complete,
      });
    }
  }
}
