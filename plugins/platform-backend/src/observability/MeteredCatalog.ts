import type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import type { CatalogMetrics } from '../catalog/CatalogMetrics';
import { counterOf, histogramOf } from './instruments';
import { metricDefinitions } from './metricDefinitions';

/** Keeps the figures of following the catalog in the metrics service. */
export class MeteredCatalog implements CatalogMetrics {
  readonly #reads: MetricsServiceCounter;
  readonly #duration: MetricsServiceHistogram;
  readonly #changes: MetricsServiceCounter;
  readonly #decisions: MetricsServiceCounter;

  constructor(metrics: MetricsService) {
    const { catalogReads, catalogReadDuration } = metricDefinitions;
    const { catalogChanges, ownershipDecisions } = metricDefinitions;
    this.#reads = counterOf(metrics, catalogReads);
    this.#duration = histogramOf(metrics, catalogReadDuration);
    this.#changes = counterOf(metrics, catalogChanges);
    this.#decisions = counterOf(metrics, ownershipDecisions);
  }

  read({ outcome, durationMs }: Parameters<CatalogMetrics['read']>[0]): void {
    this.#reads.add(1, { outcome });
    this.#duration.record(durationMs / 1_000);
  }

  changed(change: Parameters<CatalogMetrics['changed']>[0]): void {
    this.#changes.add(change.updated, { change: 'updated' });
    this.#changes.add(change.deleted, { change: 'deleted' });
    this.#decisions.add(change.decided);
  }
}
