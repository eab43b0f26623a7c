import {
  getHealthRoute,
  getLivenessRoute,
  getReadinessRoute,
} from '@roadbed/backstage-plugin-platform-common';
import type { MountRoute } from '../http/mountRoute';
import type { HealthService } from './HealthService';

/** Puts the routes about Roadbed itself on the router. */
export function mountHealthRoutes(
  mount: MountRoute,
  health: HealthService,
): void {
  mount.json(getHealthRoute, ({ caller }) => health.report(caller));
  mount.probe(getLivenessRoute, () => health.live());
  mount.probe(getReadinessRoute, () => health.ready());
}
