/** What following the catalog counts about itself. */
export interface CatalogMetrics {
  /** The whole catalog was read, or could not be. */
  read(reading: { outcome: 'success' | 'error'; durationMs: number }): void;
  /** Entities of the copy changed, and workloads were decided about again. */
  changed(change: { updated: number; deleted: number; decided: number }): void;
}
