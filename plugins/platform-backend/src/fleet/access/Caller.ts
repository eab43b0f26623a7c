import type { Knex } from 'knex';

/**
 * The clusters that a caller may see, as a condition on a query: what passes
 * is all there is, in rows, totals, facets and cursors alike.
 */
export interface ClusterScope {
  /**
   * Narrows a query to rows of visible clusters.
   *
   * @param clusterId - the column that holds `clusters.id`, such as `w.cluster_id`
   */
  narrow(query: Knex.QueryBuilder, clusterId: string): void;
}

/** An entity as far as a list needs it. */
export interface ReadableEntity {
  entityRef: string;
  title?: string;
}

/** Who asks, and what they may see. */
export interface Caller {
  clusters: ClusterScope;
  /**
   * The entities among `refs` that the caller may read, by reference; asked of
   * the catalog in one call, with the caller's own credentials, and once in a
   * request.
   *
   * @throws CatalogAwayError
   */
  readEntities(refs: readonly string[]): Promise<Map<string, ReadableEntity>>;
  /**
   * Which of `refs` the caller may read. For long lists: where the caller may
   * read every entity, the catalog is not asked at all.
   *
   * @throws CatalogAwayError
   */
  readableRefs(refs: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Sees every cluster; for work that is nobody's request. */
export const ALL_CLUSTERS: ClusterScope = Object.freeze({ narrow: () => {} });
