import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { platformHealthReadPermission } from '@roadbed/backstage-plugin-platform-common';
import { Callers } from './Callers';

const credentials = mockCredentials.user();

const CONDITIONAL = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule: 'HAS_SPEC', resourceType: 'catalog-entity' },
} as const;

async function setUp(decision: PolicyDecision, existing: number = 3) {
  const catalog = catalogServiceMock.mock();
  catalog.getEntitiesByRefs.mockImplementation(async ({ entityRefs }) => ({
    items: entityRefs.map((ref: string) => {
      const place = Number(ref.split('/')[1]);
      return place < existing
        ? {
            apiVersion: 'v1',
            kind: 'Component',
            metadata: { name: String(place), title: `No. ${place}` },
          }
        : undefined;
    }),
  }));
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async () => [decision as any],
  });
  const logger = mockServices.logger.mock();
  const callers = new Callers({
    catalog,
    permissions,
    permissionsRegistry: mockServices.permissionsRegistry.mock(),
    logger,
  });
  const caller = await callers.authorize(credentials, []);
  return { catalog, permissions, logger, callers, caller };
}

const refs = (length: number) =>
  Array.from({ length }, (_, place) => `component:default/${place}`);

describe('Callers', () => {
  it('asks the catalog with the credentials of the caller, once for all', async () => {
    const { caller, catalog } = await setUp(CONDITIONAL);
    expect(await caller.readEntities([...refs(4), ...refs(4)])).toEqual(
      new Map(
        refs(3).map((entityRef, place) => [
          entityRef,
          { entityRef, title: `No. ${place}` },
        ]),
      ),
    );
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(1);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledWith(expect.anything(), {
      credentials,
    });
  });

  it('keeps what the catalog lets through of a long list', async () => {
    const { caller } = await setUp(CONDITIONAL, 1_200);
    expect(await caller.readableRefs(refs(1_500))).toEqual(
      new Set(refs(1_200)),
    );
  });

  it('does not ask the catalog where everything or nothing may be read', async () => {
    const all = await setUp({ result: AuthorizeResult.ALLOW });
    expect(await all.caller.readableRefs(refs(5))).toEqual(new Set(refs(5)));
    const none = await setUp({ result: AuthorizeResult.DENY });
    expect(await none.caller.readableRefs(refs(5))).toEqual(new Set());
    expect(all.catalog.getEntitiesByRefs).not.toHaveBeenCalled();
    expect(none.catalog.getEntitiesByRefs).not.toHaveBeenCalled();
  });

  it('says that the catalog is away, tells the log why, and says so once', async () => {
    const { caller, catalog, logger } = await setUp(CONDITIONAL);
    const failure = Object.assign(
      new Error('request to http://10.0.0.7 failed'),
      { code: 'ECONNREFUSED' },
    );
    catalog.getEntitiesByRefs.mockRejectedValue(failure);
    for (const ask of [caller.readEntities, caller.readableRefs]) {
      await expect(ask(refs(1))).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(/^The catalog does not answer/),
        cause: undefined,
      });
    }
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledWith(expect.any(String), failure);
  });

  it.each([
    [AuthorizeResult.ALLOW, []],
    [AuthorizeResult.DENY, ['1 = 0']],
  ] as const)(
    'lets who may read health count what they may see of clusters (%s)',
    async (result, narrowed) => {
      const { callers, permissions } = await setUp({ result });
      permissions.authorize.mockResolvedValue([
        { result: AuthorizeResult.ALLOW },
      ]);
      const { clusters } = await callers.authorize(credentials, [
        platformHealthReadPermission.name,
      ]);
      const whereRaw = jest.fn();
      clusters.narrow({ whereRaw } as any, 'clusters.id');
      expect(whereRaw.mock.calls.flat()).toEqual(narrowed);
    },
  );

  it('lets nobody see anything while it can not be decided who may', async () => {
    const { callers, permissions } = await setUp(CONDITIONAL);
    permissions.authorize.mockRejectedValue(new Error('http://10.0.0.7'));
    await expect(
      callers.authorize(credentials, [platformHealthReadPermission.name]),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/^The permission backend does not answer/),
    });
  });
});
