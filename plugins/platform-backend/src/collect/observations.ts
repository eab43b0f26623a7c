import type { ObservedObject } from '@roadbed/backstage-plugin-platform-node';
import type { Knex } from 'knex';
import type { Lease } from './lease';

/** What one completed run did to the stored rows. */
export interface ApplyResult {
  /** Different keys that the list named. */
  objects: number;
  upserted: number;
  /** Of the upserted ones, those that were not stored before. */
  inserted: number;
  deleted: number;
  unchanged: number;
  /** Times a key was named again by the same list; the last naming counts. */
  duplicates: number;
}

/** A complete list that changed nothing, still to be recorded as complete. */
export interface UnchangedList {
  /** Rows that are stored. */
  objects: number;
  resourceVersion: string | null;
  /** Tells the listeners, in the transaction that records it. */
  tell(tx: Knex.Transaction): Promise<void>;
}

/**
 * Takes in one list, page by page, and ends it.
 *
 * @remarks
 * Pages upsert what changed, so that a list that breaks off has still told the
 * truth about the objects it named. Only {@link ListWriter.complete} deletes,
 * and only there does the coverage of the collector move forward.
 */
export interface ListWriter {
  /** Upserts the changed objects of one page. @throws LeaseLostError */
  page(objects: ObservedObject[]): Promise<void>;
  /**
   * The list was complete at one resourceVersion: upserts what changed of its
   * last page and deletes what it did not name, in the transaction that
   * records the completion.
   *
   * @throws LeaseLostError
   */
  complete(list: {
    /** The last page, where it was not written yet. */
    objects?: ObservedObject[];
    resourceVersion: string | null;
    /**
     * Takes over to record a list that changed nothing, as most do: whoever
     * writes about the run anyway needs no transaction more for it.
     */
    onUnchanged?(list: UnchangedList): void;
  }): Promise<ApplyResult>;
  /** What the pages written so far amount to, for the ledger of a broken run. */
  result(): ApplyResult;
}

/** A change of observed rows, told inside the transaction that makes it. */
export interface ObservationChange {
  clusterId: number;
  clusterName: string;
  collector: string;
  /** Objects that are new or whose document changed. */
  upserted: ObservedObject[];
  /** Keys of objects that are gone. */
  deletedKeys: string[];
  /**
   * The list was complete with this change, so what is not stored does not
   * exist. Told once per completed list, also when nothing changed: that is
   * how a read model learns that there are none of something.
   */
  complete: boolean;
}

/**
 * How rooms learn of changes: inside the same transaction, so that a read model
 * can never disagree with the rows it was made from.
 */
export interface ObservationListener {
  onChange(tx: Knex.Transaction, change: ObservationChange): Promise<void>;
}

/** Where collection ends: the one way into the observed tables. */
export interface ObservationStore {
  beginList(lease: Lease): Promise<ListWriter>;
}
