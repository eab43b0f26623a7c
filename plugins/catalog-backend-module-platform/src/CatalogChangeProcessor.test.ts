import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonValue } from '@backstage/types';
import { Announcements } from './Announcements';
import { CatalogChangeProcessor } from './CatalogChangeProcessor';

const cart = (metadata: object = {}, spec: object = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'cart', ...metadata },
  spec: { type: 'service', owner: 'team-cart', ...spec } as Entity['spec'],
});

function setUp() {
  const published: unknown[] = [];
  const events = mockServices.events.mock({
    publish: async ({ eventPayload }) => {
      published.push(eventPayload);
    },
  });
  const logger = mockServices.logger.mock();
  const processor = new CatalogChangeProcessor(
    new Announcements({ events, logger }),
  );
  let state: Record<string, JsonValue> = {};
  return {
    events,
    logger,
    /** Processes an entity as the catalog would, and tells what was published. */
    async process(entity: Entity) {
      const next: typeof state = {};
      await processor.postProcessEntity(
        entity,
        { type: 'file', target: 'x' },
        () => {},
        {
          get: async key => state[key] as any,
          set: async (key, value) => {
            next[key] = value;
          },
        },
      );
      if (Object.keys(next).length > 0) state = next;
      await jest.advanceTimersByTimeAsync(5_000);
      return published.splice(0);
    },
  };
}

const announced = [{ entityRef: 'component:default/cart' }];

describe('CatalogChangeProcessor', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('announces an entity, once more when it is stored, and then no more', async () => {
    const { process } = setUp();
    expect(await process(cart())).toEqual(announced);
    expect(await process(cart())).toEqual(announced);
    expect(await process(cart())).toEqual([]);
    expect(await process(cart())).toEqual([]);
  });

  it.each([
    ['title', cart({ title: 'Cart' })],
    ['label', cart({ labels: { tier: '1' } })],
    [
      'annotation',
      cart({ annotations: { 'backstage.io/kubernetes-id': 'x' } }),
    ],
    ['owner', cart({}, { owner: 'team-shop' })],
    ['system', cart({}, { system: 'shop' })],
    ['domain', cart({}, { domain: 'retail' })],
  ])('announces a changed %s', async (_, changed) => {
    const { process } = setUp();
    await process(cart());
    await process(cart());
    expect(await process(changed)).toEqual(announced);
  });

  it('says nothing of what ownership does not depend on', async () => {
    const { process } = setUp();
    await process(cart());
    await process(cart());
    const described = cart({
      description: 'New',
      annotations: { 'example.com/scanned-at': '2026-08-22' },
      tags: ['new'],
    });
    expect(await process(described)).toEqual([]);
  });

  it('tries again when it could not be announced, and lets processing go on', async () => {
    const { process, events, logger } = setUp();
    events.publish.mockRejectedValueOnce(new Error('down'));
    expect(await process(cart())).toEqual([]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    // The failed one and the second one that is due are one announcement.
    expect(await process(cart())).toEqual(announced);
    expect(await process(cart())).toEqual([]);
  });
});
