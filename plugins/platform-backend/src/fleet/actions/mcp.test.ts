import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { platformClusterReadPermission } from '@roadbed/backstage-plugin-platform-common';
import {
  createPlatformClusterConditionalDecision,
  platformClusterConditions,
} from '@roadbed/backstage-plugin-platform-node';
import knexFactory, { type Knex } from 'knex';
import {
  eventually,
  lendingOf,
  startPlatform,
} from '../../__testUtils__/startPlatform';

jest.setTimeout(60_000);

/** What each user may see. */
const DECISIONS: Record<string, PolicyDecision> = {
  'user:default/platform-engineer': { result: AuthorizeResult.ALLOW },
  'user:default/developer': createPlatformClusterConditionalDecision(
    platformClusterReadPermission,
    platformClusterConditions.isNamed({ names: ['shop-dev'] }),
  ),
  'user:default/stranger': { result: AuthorizeResult.DENY },
};

const permissions = mockServices.permissions.mock({
  authorizeConditional: async (requests, options) => {
    const { principal } = (options as { credentials: BackstageCredentials })
      .credentials as BackstageCredentials<BackstageUserPrincipal>;
    return requests.map(() => DECISIONS[principal.userEntityRef] as any);
  },
});

/** Names that lead nowhere are enough: they are listed, with the reason. */
const CLUSTERS = ['shop-dev', 'shop-prod-eu', 'pay-prod'].map(name => ({
  name,
  url: 'https://127.0.0.1:1',
  authMetadata: {},
}));

describe('the actions over MCP', () => {
  let knex: Knex;
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  const clients: Client[] = [];

  async function connect(user: string): Promise<Client> {
    const address = platform.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const client = new Client({ name: 'test', version: '1' });
    const token = mockCredentials.user.token(`user:default/${user}`);
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`http://127.0.0.1:${port}/api/mcp-actions/v1`),
        { requestInit: { headers: { Authorization: `Bearer ${token}` } } },
      ),
    );
    clients.push(client);
    return client;
  }

  const call = async (
    client: Client,
    name: string,
    input: Record<string, unknown> = {},
  ): Promise<any> =>
    client.callTool({ name: `platform.${name}`, arguments: input });

  beforeAll(async () => {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    platform = await startPlatform({
      knex,
      features: [
        lendingOf(CLUSTERS),
        mcpPlugin,
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        permissions.factory,
      ],
      config: { backend: { actions: { pluginSources: ['platform'] } } },
    });
    await platform.readList();
    // A cluster passes no condition before its attributes are known.
    const developer = await connect('developer');
    await eventually(
      () => call(developer, 'list-clusters'),
      ({ structuredContent }) => structuredContent?.totalItems === 1,
    );
  });

  afterAll(async () => {
    await Promise.all(clients.map(client => client.close()));
    await platform.stop();
    await knex.destroy();
  });

  it('are listed as tools that only read', async () => {
    const { tools } = await (await connect('developer')).listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'platform.describe-cluster',
      'platform.list-clusters',
      'platform.list-unowned-workloads',
      'platform.where-does-entity-run',
    ]);
    for (const { annotations, description } of tools) {
      expect(annotations).toMatchObject({
        readOnlyHint: true,
        destructiveHint: false,
      });
      expect(description?.length).toBeGreaterThan(50);
    }
  });

  it('answer each user what that user may see', async () => {
    const namesFor = async (user: string) => {
      const { structuredContent } = await call(
        await connect(user),
        'list-clusters',
      );
      return structuredContent.clusters.map((cluster: any) => cluster.name);
    };
    expect(await namesFor('platform-engineer')).toEqual([
      'pay-prod',
      'shop-dev',
      'shop-prod-eu',
    ]);
    expect(await namesFor('developer')).toEqual(['shop-dev']);
  });

  it('know nothing of a cluster that the user may not see', async () => {
    const developer = await connect('developer');
    const { structuredContent } = await call(developer, 'describe-cluster', {
      cluster: 'shop-dev',
    });
    expect(structuredContent).toMatchObject({
      name: 'shop-dev',
      kubernetesVersion: null,
      nodes: null,
    });
    const hidden = await call(developer, 'describe-cluster', {
      cluster: 'pay-prod',
    });
    const absent = await call(developer, 'describe-cluster', {
      cluster: 'pay-prod-2',
    });
    expect(hidden.isError).toBe(true);
    expect(hidden.content[0].text).toMatch(/^NotFoundError: .*"pay-prod"/);
    expect(absent.content[0].text).toBe(
      hidden.content[0].text.replace('pay-prod', 'pay-prod-2'),
    );
  });

  it('refuse who may see nothing', async () => {
    const answer = await call(await connect('stranger'), 'list-clusters');
    expect(answer).toMatchObject({
      isError: true,
      content: [
        { text: expect.stringMatching(/^NotAllowedError: .*cluster\.read/) },
      ],
    });
  });

  it('go page by page', async () => {
    const engineer = await connect('platform-engineer');
    const first = await call(engineer, 'list-clusters', { limit: 2 });
    expect(first.structuredContent).toMatchObject({
      clusters: [{ name: 'pay-prod' }, { name: 'shop-dev' }],
      totalItems: 3,
    });
    const { nextCursor: cursor } = first.structuredContent;
    const second = await call(engineer, 'list-clusters', { limit: 2, cursor });
    expect(second.structuredContent.clusters).toMatchObject([
      { name: 'shop-prod-eu' },
    ]);
    expect(second.structuredContent).not.toHaveProperty('nextCursor');
  });

  it.each([
    ['list-clusters', { limit: 10_000_000 }, /InputError.*limit/s],
    ['list-clusters', { state: ['broken'] }, /InputError.*not_collectable/s],
    ['list-clusters', { enviroment: ['prod'] }, /InputError.*enviroment/s],
    ['list-clusters', { cursor: 'made-up' }, /InputError.*"cursor"/s],
    ['describe-cluster', {}, /InputError.*cluster/s],
    ['where-does-entity-run', { entityRef: '' }, /InputError: entityRef/],
  ])('say what is wrong with %s %j', async (name, input, message) => {
    const answer = await call(await connect('platform-engineer'), name, input);
    expect(answer.isError).toBe(true);
    expect(answer.content[0].text).toMatch(message);
  });
});
