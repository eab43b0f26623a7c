import type { CatalogIndex as CatalogIndexInfo } from '@roadbed/backstage-plugin-platform-common';
import type { Knex } from 'knex';
import {
  chunks,
  insertChunkSize,
  lockForShare,
  lockForUpdate,
  nowMs,
  parseJson,
  toJson,
  toMillis,
  whereInArray,
} from '../collect/store/dialect';
import type { BigIntValue, JsonValueOf } from '../collect/store/tables';
import { hashOf, type CatalogEntity } from './catalogEntity';

interface CatalogIndexStateRow {
  id: 1;
  revision: BigIntValue;
  deleted_revision: BigIntValue;
  evaluated_revision: BigIntValue;
  complete_at: BigIntValue | null;
  error: string | null;
}

interface CatalogEntityRow {
  entity_ref: string;
  cluster_name: string | null;
  hash: string;
  doc: JsonValueOf<CatalogEntity>;
  revision: BigIntValue;
}

/** How current the copy of the catalog is. */
export interface CatalogState {
  /** Grows with every change. */
  revision: number;
  /** The last revision that deleted entities. */
  deletedRevision: number;
  /** The revision that all workloads were compared with. */
  evaluatedRevision: number;
  /** When the whole catalog was read last, in epoch milliseconds. */
  completeAt: number | null;
  error: string | null;
}

const COLUMNS = 5;
/** Entities that are read before other work gets its turn. */
const PAGE = 1_000;

/** The stored copy of the catalog. */
export class CatalogStore {
  constructor(private readonly options: { knex: Knex }) {}

  /**
   * How current the copy is.
   *
   * @param tx - a transaction in which it must not change any more: changes
   *   wait for its end
   */
  async state(tx?: Knex.Transaction): Promise<CatalogState> {
    const query = (tx ?? this.options.knex)<CatalogIndexStateRow>(
      'catalog_index_state',
    ).where({ id: 1 });
    const row = await (tx ? lockForShare(query) : query).first();
    return toState(row!);
  }

  /** As it is served. */
  async info(): Promise<CatalogIndexInfo> {
    const { completeAt, error } = await this.state();
    return {
      asOf: completeAt === null ? null : new Date(completeAt).toISOString(),
      ...(error !== null && { error }),
    };
  }

  /** Hashes of all entities, by reference. */
  async hashes(): Promise<Map<string, string>> {
    const rows = await this.options
      .knex<CatalogEntityRow>('catalog_entities')
      .select('entity_ref', 'hash');
    return new Map(rows.map(row => [row.entity_ref, row.hash]));
  }

  /** Entities that were written after a revision, page by page. */
  async *entitiesSince(
    db: Knex | Knex.Transaction,
    revision: number,
  ): AsyncGenerator<CatalogEntity[]> {
    for (let after = ''; ; ) {
      const rows = await db<CatalogEntityRow>('catalog_entities')
        .where('revision', '>', revision)
        .where('entity_ref', '>', after)
        .orderBy('entity_ref')
        .limit(PAGE)
        .select('entity_ref', 'doc');
      if (rows.length > 0) yield rows.map(({ doc }) => parseJson(doc));
      if (rows.length < PAGE) return;
      after = rows[rows.length - 1].entity_ref;
    }
  }

  /** The entities of these references, as they are stored. */
  async entities(refs: readonly string[]): Promise<CatalogEntity[]> {
    const found: CatalogEntity[] = [];
    for (const part of chunks(refs, 1_000)) {
      const rows: CatalogEntityRow[] = await whereInArray(
        this.options.knex('catalog_entities'),
        'entity_ref',
        part,
      ).select('doc');
      found.push(...rows.map(({ doc }) => parseJson(doc)));
    }
    return found;
  }

  /** What the resources of the catalog say about clusters of these names. */
  async describing(
    tx: Knex.Transaction,
    clusterNames: readonly string[],
  ): Promise<CatalogEntity[]> {
    const found: CatalogEntity[] = [];
    for (const part of chunks(clusterNames, 1_000)) {
      const rows: CatalogEntityRow[] = await whereInArray(
        tx('catalog_entities'),
        'cluster_name',
        part,
      )
        .orderBy('entity_ref')
        .select('doc');
      found.push(...rows.map(({ doc }) => parseJson(doc)));
    }
    return found;
  }

  /**
   * Writes and deletes entities under a new revision.
   *
   * @param changes.since - a revision; what was written after it is newer than
   *   these changes and stays
   * @param changes.complete - whether the whole catalog was read with this
   * @returns the new revision
   */
  async apply(
    tx: Knex.Transaction,
    changes: {
      upserts: readonly CatalogEntity[];
      deletedRefs: readonly string[];
      since: number;
      complete: boolean;
    },
  ): Promise<number> {
    const { upserts, deletedRefs, since, complete } = changes;
    const row = await lockForUpdate(
      tx<CatalogIndexStateRow>('catalog_index_state').where({ id: 1 }),
    ).first();
    const before = toState(row!);
    const isChange = upserts.length > 0 || deletedRefs.length > 0;
    const revision = before.revision + (isChange ? 1 : 0);
    for (const part of chunks(upserts, insertChunkSize(COLUMNS))) {
      await tx('catalog_entities')
        .insert(
          part.map(entity => ({
            entity_ref: entity.entityRef,
            cluster_name: entity.describes?.name ?? null,
            hash: hashOf(entity),
            doc: toJson(entity),
            revision,
          })),
        )
        .onConflict('entity_ref')
        .merge()
        .where('catalog_entities.revision', '<=', since);
    }
    for (const part of chunks(deletedRefs, 1_000)) {
      await whereInArray(tx('catalog_entities'), 'entity_ref', part)
        .where('revision', '<=', since)
        .delete();
    }
    await tx('catalog_index_state').update({
      revision,
      ...(deletedRefs.length > 0 && { deleted_revision: revision }),
      ...(complete && { complete_at: nowMs(tx), error: null }),
    });
    return revision;
  }

  /** The catalog could not be read; everything stays as it was. */
  async failed(error: string): Promise<void> {
    await this.options.knex('catalog_index_state').update({ error });
  }

  /**
   * All workloads were compared with `revision`, and with `from` before that.
   * Does nothing when somebody else is at it: then the next sweep compares all.
   */
  async evaluated(from: number, revision: number): Promise<void> {
    await this.options
      .knex('catalog_index_state')
      .where({ evaluated_revision: from })
      .update({ evaluated_revision: revision });
  }
}

function toState(row: CatalogIndexStateRow): CatalogState {
  return {
    revision: toMillis(row.revision),
    deletedRevision: toMillis(row.deleted_revision),
    evaluatedRevision: toMillis(row.evaluated_revision),
    completeAt: toMillis(row.complete_at),
    error: row.error,
  };
}
