import { ConfigReader } from '@backstage/config';
import { loadConfigSchema } from '@backstage/config-loader';
import { providerConfigSchema, readProviderConfig } from './readProviderConfig';

const read = (platform?: object) =>
  readProviderConfig(
    new ConfigReader({
      app: { baseUrl: 'https://portal.example/' },
      catalog: { providers: { platform: platform as any } },
    }),
  );

describe('readProviderConfig', () => {
  it('needs nothing', () => {
    expect(read()).toEqual({
      schedule: {
        frequency: { minutes: 5 },
        timeout: { minutes: 3 },
        initialDelay: { seconds: 15 },
      },
      removalGraceMs: 86_400_000,
      defaultOwner: 'unknown',
      pagesUrl: 'https://portal.example/platform',
    });
  });

  it('reads every key', () => {
    expect(
      read({
        schedule: { frequency: 'PT1H', timeout: { minutes: 1 } },
        removalGrace: '2h',
        defaultOwner: 'group:default/platform',
        pagePath: '/k8s/',
      }),
    ).toMatchObject({
      schedule: { timeout: { minutes: 1 } },
      removalGraceMs: 7_200_000,
      defaultOwner: 'group:default/platform',
      pagesUrl: 'https://portal.example/k8s',
    });
  });

  it.each([
    [
      { removalGraec: '1h' },
      /catalog\.providers\.platform\.removalGraec: there is no such key, the keys are schedule, removalGrace, defaultOwner, pagePath/,
    ],
    [{ removalGrace: 'soon' }, /catalog\.providers\.platform\.removalGrace/],
    [{ schedule: {} }, /catalog\.providers\.platform\.schedule/],
    [
      { defaultOwner: 'the platform team' },
      /defaultOwner: expected a reference such as group:default\/platform/,
    ],
    [{ pagePath: 'platform' }, /pagePath: expected a path such as \/platform/],
    [{ defaultOwner: 3 }, /defaultOwner: expected a string/],
  ])('names the key that is wrong in %j', (section, message) => {
    expect(() => read(section)).toThrow(message);
  });
});

describe('config.d.ts', () => {
  it('declares exactly the keys that are read at start', async () => {
    const loaded = await loadConfigSchema({
      dependencies: [
        '@roadbed/backstage-plugin-catalog-backend-module-platform',
      ],
    });
    const { schemas } = loaded.serialize() as any;
    const declared = schemas
      .map(
        ({ value }: any) =>
          value.properties?.catalog?.properties?.providers?.properties?.platform
            ?.properties,
      )
      .find(Boolean);
    expect(Object.keys(declared).sort()).toEqual(
      Object.keys(providerConfigSchema.shape).sort(),
    );
  });
});
