import { selectorsOf } from './entityMatch';

const base = {
  entityRef: 'component:default/cart',
  kind: 'component',
  name: 'cart',
  ownerRef: null,
  systemRef: null,
  domainRef: null,
};

describe('selectorsOf', () => {
  it('lists what selects workloads', () => {
    expect(
      selectorsOf({ ...base, kubernetesId: 'cart', namespace: 'shop' }),
    ).toEqual({
      selectors: [
        { annotation: 'backstage.io/kubernetes-id', value: 'cart' },
        { annotation: 'backstage.io/kubernetes-namespace', value: 'shop' },
      ],
      problems: [],
    });
    expect(selectorsOf(base)).toEqual({ selectors: [], problems: [] });
  });

  it('says what is wrong with a broken selector and what is ignored', () => {
    expect(
      selectorsOf({ ...base, kubernetesId: 'cart', labelSelector: 'app=(' }),
    ).toEqual({
      selectors: [],
      problems: [
        {
          annotation: 'backstage.io/kubernetes-label-selector',
          value: 'app=(',
          message: expect.stringMatching(
            /selects nothing: expected .* at character 5.*kubectl get -l/,
          ),
        },
        {
          annotation: 'backstage.io/kubernetes-id',
          value: 'cart',
          message: expect.stringContaining('Has no effect'),
        },
      ],
    });
  });
});
