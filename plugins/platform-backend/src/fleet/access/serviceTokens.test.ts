import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';
import {
  platformClusterCollectPermission,
  platformClusterReadPermission,
  platformHealthReadPermission,
  platformPermissions,
} from '@roadbed/backstage-plugin-platform-common';
import { ALL_CLUSTERS } from './Caller';
import { Callers } from './Callers';

/** Services are not asked about by the policy; their access restrictions are all there is. */
function callersOf() {
  return new Callers({
    permissions: ServerPermissionClient.fromConfig(
      new ConfigReader({ permission: { enabled: true } }),
      { discovery: mockServices.discovery(), auth: mockServices.auth() },
    ),
    permissionsRegistry: mockServices.permissionsRegistry.mock(),
    catalog: catalogServiceMock.mock(),
    logger: mockServices.logger.mock(),
  });
}

const service = (...permissionNames: string[]) =>
  mockCredentials.service('external:ci', { permissionNames });

describe('the token of a service', () => {
  it('opens every cluster when nothing restricts it', async () => {
    const { clusters } = await callersOf().authorize(
      mockCredentials.service('external:ci'),
      platformPermissions.map(({ name }) => name),
    );
    expect(clusters).toBe(ALL_CLUSTERS);
  });

  it('opens nothing that its restrictions do not name', async () => {
    const restricted = service(platformHealthReadPermission.name);
    const callers = callersOf();
    await expect(
      callers.authorize(restricted, [platformHealthReadPermission.name]),
    ).resolves.toBeDefined();
    await expect(
      callers.authorize(restricted, [platformClusterReadPermission.name]),
    ).rejects.toThrow(platformClusterReadPermission.name);
  });

  it('collects nothing when it may only read', async () => {
    const restricted = service(platformClusterReadPermission.name);
    const callers = callersOf();
    await expect(
      callers.clusterScope(restricted, platformClusterReadPermission),
    ).resolves.toBe(ALL_CLUSTERS);
    await expect(
      callers.clusterScope(restricted, platformClusterCollectPermission),
    ).rejects.toThrow(platformClusterCollectPermission.name);
  });
});
