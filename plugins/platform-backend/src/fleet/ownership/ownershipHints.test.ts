import {
  OwnershipIndex,
  type OwnershipEntity,
} from '@roadbed/backstage-plugin-platform-common';
import { ownershipHints, type UnownedFacts } from './ownershipHints';

const entity = (
  name: string,
  more: Partial<OwnershipEntity> = {},
): OwnershipEntity => ({
  kind: 'component',
  name,
  entityRef: `${more.kind ?? 'component'}:default/${name}`,
  ownerRef: null,
  systemRef: null,
  domainRef: null,
  ...more,
});

const facts = (more: Partial<UnownedFacts> = {}): UnownedFacts => ({
  cluster: 'prod',
  namespace: 'shop',
  name: 'cart-api',
  labels: {},
  images: [],
  ...more,
});

const hints = (more: Partial<UnownedFacts>, ...entities: OwnershipEntity[]) =>
  ownershipHints(facts(more), new OwnershipIndex(entities));

const ID = 'backstage.io/kubernetes-id';

describe('ownershipHints', () => {
  it('names the label that makes it the entity of the same name', () => {
    expect(hints({}, entity('cart-api'))).toEqual([
      {
        key: ID,
        value: 'cart-api',
        target: 'workload',
        entityRef: 'component:default/cart-api',
        because: 'same_name',
      },
    ]);
  });

  it.each([
    ['part_of', { labels: { 'app.kubernetes.io/part-of': 'basket' } }],
    ['part_of', { labels: { 'app.kubernetes.io/instance': 'basket' } }],
    [
      'same_image',
      { images: ['registry.example:5000/shop/basket:1@sha256:a'] },
    ],
    ['similar_name', { name: 'basket-worker-v2' }],
    ['similar_name', { name: 'basked' }],
  ] as const)('finds an entity by %s', (because, more) => {
    expect(hints(more, entity('basket'))).toMatchObject([
      { because, value: 'basket' },
    ]);
  });

  it.each(['basil', 'casket', 'b', 'shop'])('does not take %s for it', name => {
    expect(hints({ name: 'basket' }, entity(name))).toEqual([]);
  });

  it('puts the likelier first and names each entity once', () => {
    expect(
      hints(
        { images: ['x/web'], neighbour: 'component:default/web' },
        entity('cart'),
        entity('web'),
        entity('cart-api', { kind: 'api' }),
      ).map(({ because, entityRef, target }) => [because, entityRef, target]),
    ).toEqual([
      ['same_image', 'component:default/web', 'workload'],
      ['similar_name', 'component:default/cart', 'workload'],
      ['same_namespace', 'component:default/web', 'namespace'],
    ]);
  });

  it('asks for the label that the entity selects by', () => {
    const selecting = (labelSelector: string) =>
      hints({ labels: { tier: 'web' } }, entity('cart-api', { labelSelector }));
    expect(selecting('app=cart,tier=web')).toMatchObject([
      { key: 'app', value: 'cart' },
    ]);
    for (const selector of ['app=cart,stage=x', '!tier', 'app=(']) {
      expect(selecting(selector)).toEqual([]);
    }
  });

  it('suggests nothing that would not work', () => {
    for (const more of [
      { namespace: 'other' },
      { cluster: 'dev' },
      { kubernetesId: `o'brien` },
      { kubernetesId: 'x'.repeat(64) },
      { kind: 'resource' },
      { kind: 'group' },
    ]) {
      expect(hints({}, entity('cart-api', more))).toEqual([]);
    }
  });
});
