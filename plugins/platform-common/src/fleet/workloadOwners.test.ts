import fc from 'fast-check';
import { matchesLabels, parseLabelSelector } from './labelSelector';
import { OwnershipIndex, type OwnershipEntity } from './ownershipIndex';
import { MAX_OWNERS, ownersOf, type OwnableObject } from './workloadOwners';

const entity = (
  name: string,
  more: Partial<OwnershipEntity> = {},
): OwnershipEntity => ({
  kind: 'component',
  name,
  entityRef: `${more.kind ?? 'component'}:default/${name.toLowerCase()}`,
  ownerRef: 'group:default/team-cart',
  systemRef: null,
  domainRef: null,
  ...more,
});

const workload = (more: Partial<OwnableObject> = {}): OwnableObject => ({
  cluster: 'prod',
  namespace: 'shop',
  labels: {},
  annotations: {},
  templateLabels: {},
  ...more,
});

const ID = 'backstage.io/kubernetes-id';

function owners(
  object: Partial<OwnableObject>,
  entities: OwnershipEntity[],
  more: object = {},
) {
  const verdict = ownersOf(
    { workload: workload(object), ...more },
    new OwnershipIndex(entities),
  );
  return {
    ...verdict,
    refs: verdict.owners.map(({ entityRef }) => entityRef),
  };
}

describe('more claims than are kept', () => {
  const everything = (name: string) =>
    entity(name, { labelSelector: `!nothing-has-this,!${'x'.repeat(60)}` });
  const flood = Array.from({ length: 2 * MAX_OWNERS }, (_, place) =>
    everything(`flood-${place}`),
  );

  it('leaves those that name the workload, whichever came first', () => {
    const { refs } = owners({ labels: { [ID]: 'cart', app: 'web' } }, [
      ...flood,
      entity('web', { labelSelector: 'app=web' }),
      entity('cart'),
    ]);
    expect(refs).toHaveLength(MAX_OWNERS);
    expect(refs.slice(0, 2)).toEqual([
      'component:default/cart',
      'component:default/web',
    ]);
  });

  it('tells of a long selector in short', () => {
    const selector = `app in (web,${'x'.repeat(60)},${Array(50).fill(
      'y'.repeat(60),
    )})`;
    const [{ detail }] = owners({ labels: { app: 'web' } }, [
      entity('web', { labelSelector: selector }),
    ]).owners;
    expect(detail).toMatch(/^label selector app in \(web,.*…$/);
    expect(detail.length).toBeLessThan(250);
  });
});

describe('ownersOf', () => {
  const cart = entity('cart', { kubernetesId: 'cart-svc' });

  it.each([
    ['label', { labels: { [ID]: 'cart-svc' } }],
    ['annotation', { annotations: { [ID]: 'cart-svc' } }],
    ['pod template label', { templateLabels: { [ID]: 'cart-svc' } }],
  ])('takes the id from a %s', (source, object) => {
    expect(owners(object, [cart])).toMatchObject({
      owners: [
        {
          entityRef: 'component:default/cart',
          ownerRef: 'group:default/team-cart',
          rule: 'kubernetes-id',
          detail: `${source} ${ID}=cart-svc`,
        },
      ],
      problem: null,
    });
  });

  it('takes the name of a component without annotations for its id, and of nothing else', () => {
    const object = { labels: { [ID]: 'cart' } };
    expect(owners(object, [entity('cart')]).refs).toHaveLength(1);
    expect(owners(object, [cart]).refs).toEqual([]);
    expect(owners(object, [entity('cart', { kind: 'api' })]).refs).toEqual([]);
    expect(
      owners(object, [entity('cart', { labelSelector: 'a=b' })]).refs,
    ).toEqual([]);
  });

  it('lets a selector replace the id, as the Kubernetes plugin does', () => {
    const both = entity('cart', { kubernetesId: 'cart', labelSelector: 'a=b' });
    expect(owners({ labels: { [ID]: 'cart' } }, [both]).refs).toEqual([]);
    expect(owners({ labels: { a: 'b' } }, [both]).owners).toMatchObject([
      { rule: 'label-selector', detail: 'label selector a=b' },
    ]);
  });

  it('keeps to the namespace and the cluster that the entity names', () => {
    const near = entity('cart', {
      labelSelector: 'app=cart',
      namespace: 'shop',
      cluster: 'prod',
    });
    const labels = { app: 'cart' };
    expect(owners({ labels }, [near]).owners[0].detail).toBe(
      'label selector app=cart in namespace shop',
    );
    expect(owners({ labels, namespace: 'x' }, [near]).refs).toEqual([]);
    expect(owners({ labels, cluster: 'dev' }, [near]).refs).toEqual([]);
    const id = entity('cart', { kubernetesId: 'cart', namespace: 'other' });
    expect(owners({ labels: { [ID]: 'cart' } }, [id])).toMatchObject({
      refs: [],
      problem: expect.stringContaining('that reaches this cluster'),
    });
  });

  it('matches pods by their labels, but not against what the workload says of itself', () => {
    const entities = [
      entity('cart', { labelSelector: 'app=cart,stage!=prod' }),
    ];
    expect(
      owners({ templateLabels: { app: 'cart' } }, entities).owners[0].detail,
    ).toMatch(/met by its pods$/);
    expect(
      owners(
        { labels: { stage: 'prod' }, templateLabels: { app: 'cart' } },
        entities,
      ).refs,
    ).toEqual([]);
  });

  it('keeps every entity that claims it, each once', () => {
    const { owners: claims } = owners(
      { labels: { [ID]: 'cart-svc', app: 'cart' } },
      [
        cart,
        entity('cart-db', { labelSelector: 'app in (cart,db)' }),
        entity('all', { labelSelector: '!canary' }),
      ],
    );
    expect(claims.map(({ entityRef, rule }) => [entityRef, rule])).toEqual([
      ['component:default/cart', 'kubernetes-id'],
      ['component:default/cart-db', 'label-selector'],
      ['component:default/all', 'label-selector'],
    ]);
  });

  it('selects nothing with a broken selector', () => {
    for (const labelSelector of ['app=(', ' ', ',', 'app==='] as const) {
      expect(
        owners({ labels: { app: 'cart' } }, [entity('x', { labelSelector })])
          .refs,
      ).toEqual([]);
    }
  });

  const team = entity('team-shop', {
    kind: 'group',
    ownerRef: 'group:default/team-shop',
  });

  it.each(['annotation', 'label'] as const)(
    'takes the owner of the namespace from its %s when nothing else claims it',
    source => {
      const namespaceOwner = { source, value: 'team-shop' };
      expect(owners({}, [team, cart], { namespaceOwner }).owners).toEqual([
        {
          entityRef: 'group:default/team-shop',
          ownerRef: 'group:default/team-shop',
          systemRef: null,
          rule: 'namespace-owner',
          detail: `${source} backstage.io/owner=team-shop of namespace shop`,
        },
      ]);
      expect(
        owners({ labels: { [ID]: 'cart-svc' } }, [team, cart], {
          namespaceOwner,
        }).refs,
      ).toEqual(['component:default/cart']);
    },
  );

  it.each([
    [
      'group:default/gone',
      /names group:default\/gone, which the catalog does not have/,
    ],
    ['a:b:c/d/e', /is no entity reference|does not have/],
    ['', /is no entity reference/],
    ['location:default/x', /names a location, which can not own workloads/],
  ])('does not take %j for an owner, and says why', (value, problem) => {
    const location = entity('x', { kind: 'location' });
    expect(
      owners({}, [team, location], {
        namespaceOwner: { source: 'annotation', value },
      }),
    ).toMatchObject({ refs: [], problem: expect.stringMatching(problem) });
  });

  it('follows to the root of its ownerReferences last', () => {
    const root = {
      ...workload({ labels: { [ID]: 'cart-svc' } }),
      kind: 'Deployment',
      name: 'operator',
    };
    expect(owners({}, [cart, team], { root }).owners).toMatchObject([
      {
        entityRef: 'component:default/cart',
        rule: 'root-owner',
        detail: `label ${ID}=cart-svc of its owner Deployment operator`,
      },
    ]);
    expect(
      owners({}, [cart, team], {
        root,
        namespaceOwner: { source: 'label', value: 'team-shop' },
      }).refs,
    ).toEqual(['group:default/team-shop']);
  });

  it('is not misled by names with quotes, unicode or 253 characters', () => {
    for (const name of [`o'"\`); drop`, 'käse-ß-☃', 'x'.repeat(253)]) {
      expect(
        owners({ annotations: { [ID]: name } }, [
          entity('e', { kubernetesId: name }),
        ]).refs,
      ).toEqual(['component:default/e']);
      expect(owners({ annotations: { [ID]: name } }, []).problem).toContain(
        name,
      );
    }
  });
});

const word = fc.constantFrom('a', 'b', 'c');
const anyEntity = fc
  .record(
    {
      name: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
      kubernetesId: word,
      labelSelector: fc.constantFrom(
        'a=b',
        'a in (a,b)',
        '!b',
        'b=c,!a',
        'a=(',
      ),
      namespace: fc.constantFrom('shop', 'other'),
    },
    { requiredKeys: ['name'] },
  )
  .map(({ name, ...more }) => entity(name, more));
const labels = fc.dictionary(word, word, { maxKeys: 3 });

describe('OwnershipIndex', () => {
  it('answers as looking at every entity does, also after changes', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntity, { maxLength: 20 }),
        fc.array(fc.constantFrom('e1', 'e2'), { maxLength: 3 }),
        labels,
        word,
        (writes, deletes, wanted, id) => {
          const index = new OwnershipIndex();
          const naive = new Map<string, OwnershipEntity>();
          for (const write of writes) {
            index.set(write);
            naive.set(write.entityRef, write);
          }
          for (const name of deletes) {
            index.delete(`component:default/${name}`);
            naive.delete(`component:default/${name}`);
          }
          const selects = ({ labelSelector }: OwnershipEntity) => {
            try {
              return matchesLabels(parseLabelSelector(labelSelector!), wanted);
            } catch {
              return false;
            }
          };
          const refs = (found: Iterable<OwnershipEntity>) =>
            [...found].map(({ entityRef }) => entityRef).sort();
          const all = [...naive.values()];
          expect(
            refs(index.selecting(wanted).map(found => found.entity)),
          ).toEqual(refs(all.filter(e => e.labelSelector && selects(e))));
          expect(refs(index.withId(id))).toEqual(
            refs(all.filter(e => !e.labelSelector && e.kubernetesId === id)),
          );
          expect(refs(index.values())).toEqual(refs(all));
        },
      ),
    );
  });
});
