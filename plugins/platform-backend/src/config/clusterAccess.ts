import { ServiceUnavailableError } from '@backstage/errors';
import type { ClusterLending } from '@roadbed/backstage-plugin-platform-node';
import type { PlatformConfig } from './platformConfig';

/**
 * The lending of clusters as `platform.collect.access` wants it used.
 *
 * @returns for `auto` the lending itself; for `proxy` one that never lends; for
 *   `direct` one whose `state` throws ServiceUnavailableError, with what to do,
 *   as long as nothing is lent
 */
export function lendingFor(
  access: PlatformConfig['collect']['access'],
  lending: ClusterLending,
): ClusterLending {
  switch (access) {
    case 'proxy':
      return { ...lending, state: () => ({ status: 'absent' }) };
    case 'direct':
      return {
        ...lending,
        state: () => {
          const state = lending.state();
          if (state.status === 'lent') return state;
          throw new ServiceUnavailableError(
            `platform.collect.access is "direct", but no clusters are lent${
              state.status === 'refused' ? ` (${state.reason})` : ''
            }: add @roadbed/backstage-plugin-kubernetes-backend-module-platform to the same backend as the Kubernetes plugin, or set the key to "auto"`,
          );
        },
      };
    default:
      return lending;
  }
}
