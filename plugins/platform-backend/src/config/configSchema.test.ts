import { loadConfigSchema } from '@backstage/config-loader';
import { ConfigReader } from '@backstage/config';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { readPlatformConfig } from './platformConfig';

/** Every key there is, with a value that is not its default. */
const everything = {
  collect: {
    slotsPerReplica: 4,
    clusterListInterval: '2m',
    missingClusterGrace: 'P2D',
    jobBudget: '3m',
    connectTimeout: '4s',
    requestTimeout: '20s',
    cadence: { pods: '10m' },
    disabled: ['nodes'],
  },
  retention: { runs: '1d', history: '2d', replacedClusters: '3d' },
  fleet: {
    clusters: [
      {
        name: 'prod',
        environment: 'prod',
        ring: '1',
        provider: 'EKS',
        region: 'eu',
        owner: 'group:default/a',
      },
    ],
  },
};

/** What the schema of Backstage itself requires. */
const portal = {
  app: { baseUrl: 'http://localhost' },
  backend: {
    baseUrl: 'http://localhost',
    listen: ':7007',
    database: { client: 'better-sqlite3', connection: ':memory:' },
  },
};

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    key,
    ...keysOf(child),
  ]);
}

describe('config.d.ts', () => {
  it('has every key that is read at start', async () => {
    const declared = readFileSync(
      resolvePackagePath(
        '@roadbed/backstage-plugin-platform-backend',
        'config.d.ts',
      ),
      'utf8',
    );
    const schema = await loadConfigSchema({
      dependencies: ['@roadbed/backstage-plugin-platform-backend'],
    });
    expect(() =>
      schema.process([
        { context: 'test', data: { ...portal, platform: everything } as any },
      ]),
    ).not.toThrow();
    // Ids of collectors are values of the user, not keys of the schema.
    for (const key of keysOf(everything).filter(name => name !== 'pods')) {
      expect(declared).toMatch(new RegExp(`\b${key}\??:`));
    }
  });

  it('declares nothing that is refused at start', () => {
    const config = readPlatformConfig(
      new ConfigReader({ platform: everything as any }),
      ['pods', 'nodes'],
    );
    expect(Object.keys(config.collect).sort()).toEqual(
      Object.keys(everything.collect).sort(),
    );
    expect(Object.keys(config.retention).sort()).toEqual(
      Object.keys(everything.retention).sort(),
    );
  });
});
