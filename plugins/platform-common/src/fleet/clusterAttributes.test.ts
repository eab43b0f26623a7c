import { effectiveAttribute } from './clusterAttributes';

describe('effectiveAttribute', () => {
  it('trusts configuration before the catalog before the cluster', () => {
    expect(
      effectiveAttribute('region', [
        { value: 'eu-west-1', origin: 'cluster', detail: 'node label' },
        { value: 'eu-central-1', origin: 'catalog' },
        { value: 'us-east-1', origin: 'config' },
      ]),
    ).toEqual({
      value: 'us-east-1',
      origin: 'config',
      conflicts: [
        { value: 'eu-central-1', origin: 'catalog' },
        { value: 'eu-west-1', origin: 'cluster', detail: 'node label' },
      ],
    });
  });

  it('is not known when nobody says anything', () => {
    expect(effectiveAttribute('ring', [])).toBeUndefined();
  });

  it('takes a difference in case of a provider for none, of a ring for one', () => {
    const differing = (name: 'provider' | 'ring') =>
      effectiveAttribute(name, [
        { value: 'eks', origin: 'config' },
        { value: 'EKS', origin: 'cluster' },
      ])?.conflicts;
    expect(differing('provider')).toBeUndefined();
    expect(differing('ring')).toHaveLength(1);
  });

  it.each(['team-cart', 'group:team-cart', 'Group:default/Team-Cart'])(
    'compares the owner %s as a full reference',
    value => {
      expect(
        effectiveAttribute('owner', [
          { value, origin: 'config' },
          { value: 'group:default/team-cart', origin: 'catalog' },
        ]),
      ).toEqual({ value: 'group:default/team-cart', origin: 'config' });
    },
  );
});
