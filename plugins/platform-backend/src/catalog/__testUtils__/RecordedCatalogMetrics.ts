import type { CatalogMetrics } from '../CatalogMetrics';

/** What following the catalog told about itself, in order. */
export class RecordedCatalogMetrics implements CatalogMetrics {
  readonly outcomes: Array<'success' | 'error'> = [];
  readonly changes: Array<Parameters<CatalogMetrics['changed']>[0]> = [];

  read({ outcome }: Parameters<CatalogMetrics['read']>[0]): void {
    this.outcomes.push(outcome);
  }

  changed(change: Parameters<CatalogMetrics['changed']>[0]): void {
    this.changes.push(change);
  }
}
