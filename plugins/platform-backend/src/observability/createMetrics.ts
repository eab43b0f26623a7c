import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogMetrics } from '../catalog/CatalogMetrics';
import type { CollectMetrics } from '../collect/CollectMetrics';
import type { HttpMetrics } from '../http/HttpMetrics';
import { MeteredCatalog } from './MeteredCatalog';
import { MeteredCollection } from './MeteredCollection';
import { MeteredHttp } from './MeteredHttp';

/** What each part of the backend counts with. */
export interface PlatformMetrics {
  collect: CollectMetrics;
  catalog: CatalogMetrics;
  http: HttpMetrics;
}

/** Keeps all figures in one metrics service. */
export function createMetrics(metrics: MetricsService): PlatformMetrics {
  return {
    collect: new MeteredCollection(metrics),
    catalog: new MeteredCatalog(metrics),
    http: new MeteredHttp(metrics),
  };
}
