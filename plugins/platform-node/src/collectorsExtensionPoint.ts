import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Collector } from './collector';

/**
 * Adds collectors to Roadbed.
 *
 * @public
 */
export interface PlatformCollectorsExtensionPoint {
  /** @throws ConflictError when a collector of that id is there already. */
  addCollector(...collectors: Collector[]): void;
}

/**
 * The extension point of the platform plugin with which modules add collectors.
 *
 * @public
 */
export const platformCollectorsExtensionPoint =
  createExtensionPoint<PlatformCollectorsExtensionPoint>({
    id: 'platform.collectors',
  });
