import { expect, test } from '@playwright/test';

interface CatalogEntity {
  metadata: { name: string; annotations?: Record<string, string> };
  relations?: Array<{ type: string; targetRef: string }>;
}

test.describe('The catalog', () => {
  test.setTimeout(240_000);

  let entity: (ref: string) => Promise<CatalogEntity>;

  test.beforeEach(async ({ request }) => {
    const session = await (
      await request.post('/api/auth/guest/refresh')
    ).json();
    entity = async ref => {
      const response = await request.get(
        `/api/catalog/entities/by-name/${ref}`,
        {
          headers: {
            Authorization: `Bearer ${session.backstageIdentity.token}`,
          },
        },
      );
      return response.ok() ? await response.json() : { metadata: {} };
    };
  });

  // Entities that are announced before the catalog has stored them are read
  // with their second announcement, at the next processing.
  const related = ({ relations = [] }: CatalogEntity, type: string) =>
    relations
      .filter(relation => relation.type === type)
      .map(({ targetRef }) => targetRef);

  test('has a resource per cluster, related to what runs there', async () => {
    const resource = () => entity('resource/default/shop-prod-eu');
    await expect
      .poll(async () => (await resource()).metadata.annotations, {
        timeout: 60_000,
      })
      .toMatchObject({
        'roadbed.dev/cluster': 'shop-prod-eu',
        'roadbed.dev/provided': 'true',
      });
    await expect
      .poll(async () => related(await resource(), 'dependencyOf'), {
        timeout: 200_000,
      })
      .toContain('component:default/product-api');
    expect(
      related(await entity('component/default/product-api'), 'dependsOn'),
    ).toContain('resource:default/shop-prod-eu');
  });

  test('leaves the resource of a cluster that somebody has written', async () => {
    await expect
      .poll(
        async () =>
          related(
            await entity('resource/default/shop-prod-us'),
            'dependencyOf',
          ),
        { timeout: 200_000 },
      )
      .toContain('component:default/product-api');
    const { metadata } = await entity('resource/default/shop-prod-us');
    expect(metadata.annotations).not.toHaveProperty(['roadbed.dev/provided']);
  });

  test('has one resource for a cluster with two names', async () => {
    const resources = async () =>
      Promise.all(
        ['shop-dev', 'shop-dev-old'].map(async name => {
          const { metadata } = await entity(`resource/default/${name}`);
          return metadata.name;
        }),
      );
    await expect
      .poll(async () => (await resources()).filter(Boolean), {
        timeout: 60_000,
      })
      .toHaveLength(1);
  });
});
