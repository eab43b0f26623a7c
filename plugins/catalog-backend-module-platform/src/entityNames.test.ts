import { KubernetesValidatorFunctions } from '@backstage/catalog-model';
import fc from 'fast-check';
import { assignEntityNames, entityNameOf } from './entityNames';

const assign = (
  clusters: string[],
  held: Record<string, string> = {},
  taken: string[] = [],
) =>
  Object.fromEntries(
    assignEntityNames({
      clusters,
      held: new Map(Object.entries(held)),
      taken: new Set(taken),
    }),
  );

describe('entityNameOf', () => {
  it.each([
    ['shop-prod-eu', 'shop-prod-eu'],
    ['Shop_prod.eu', 'Shop_prod.eu'],
    ['shop prod (eu)', 'shop-prod-eu'],
    ['gke_project_zone_name', 'gke_project_zone_name'],
    ['--shop--', 'shop'],
    [`${'x'.repeat(62)}-y`, 'x'.repeat(62)],
  ])('makes of %j %j', (cluster, name) => {
    expect(entityNameOf(cluster)).toBe(name);
  });

  it('has a name for what has no letter of ours', () => {
    expect(entityNameOf('集群')).toMatch(/^cluster-[0-9a-f]{8}$/);
    expect(entityNameOf('集群')).not.toBe(entityNameOf('クラスタ'));
  });
});

describe('assignEntityNames', () => {
  it('gives each a valid name of its own, in any order of the list', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.oneof(
            fc.string({ minLength: 1, maxLength: 253, unit: 'grapheme' }),
            fc.constantFrom('Prod', 'prod', 'pro d', 'pro-d', 'PRO-D'),
          ),
        ),
        clusters => {
          const names = assign(clusters);
          const used = Object.values(names);
          expect(Object.keys(names).sort()).toEqual([...clusters].sort());
          expect(new Set(used.map(name => name.toLowerCase())).size).toBe(
            clusters.length,
          );
          for (const name of used) {
            expect(KubernetesValidatorFunctions.isValidObjectName(name)).toBe(
              true,
            );
          }
          expect(assign([...clusters].reverse())).toEqual(names);
        },
      ),
    );
  });

  it('leaves a cluster the name it is really called', () => {
    expect(assign(['a b', 'a-b'])).toEqual({
      'a-b': 'a-b',
      'a b': expect.stringMatching(/^a-b-[0-9a-f]{8}$/),
    });
  });

  it('lets a cluster keep the name it has when another one comes', () => {
    expect(assign(['a b', 'a-b'], { 'a b': 'a-b' })).toEqual({
      'a b': 'a-b',
      'a-b': expect.stringMatching(/^a-b-[0-9a-f]{8}$/),
    });
  });

  it('keeps out of the way of other entities', () => {
    expect(assign(['Shop'], {}, ['shop'])).toEqual({
      Shop: expect.stringMatching(/^Shop-[0-9a-f]{8}$/),
    });
  });
});
