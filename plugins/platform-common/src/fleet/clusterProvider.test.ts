import { providerOf, regionOf } from './clusterProvider';

const node = (providerID?: string, labels?: Record<string, string>) => ({
  providerID,
  labels,
});

describe('providerOf', () => {
  it.each([
    ['v1.34.4-eks-abc123', 'EKS'],
    ['v1.33.5-gke.1080000', 'GKE'],
  ])('reads the offering out of version %s', (version, provider) => {
    expect(providerOf([node('aws:///x/i-1')], version)).toEqual({
      value: provider,
      origin: 'cluster',
      detail: `version ${version}`,
    });
  });

  it('reads AKS out of a node label, for its versions say nothing', () => {
    expect(
      providerOf(
        [node('azure:///x', { 'kubernetes.azure.com/agentpool': 'p' })],
        'v1.34.1',
      ),
    ).toMatchObject({
      value: 'AKS',
      detail: 'node label kubernetes.azure.com/agentpool',
    });
  });

  it('falls back to the scheme that most nodes have', () => {
    expect(
      providerOf([node('vsphere://a'), node('kind://b'), node('vsphere://c')]),
    ).toMatchObject({ value: 'vSphere' });
    expect(providerOf([node('acme://a')])).toMatchObject({ value: 'acme' });
  });

  it('is not known when nothing shows it', () => {
    expect(providerOf([node()], 'v1.34.1')).toBeUndefined();
    expect(providerOf([])).toBeUndefined();
  });
});

describe('regionOf', () => {
  it('is the region of most nodes', () => {
    const label = (region: string) =>
      node(undefined, { 'topology.kubernetes.io/region': region });
    expect(
      regionOf([label('eu-west-1'), label('eu-west-2'), label('eu-west-1')]),
    ).toEqual({
      value: 'eu-west-1',
      origin: 'cluster',
      detail: 'node label topology.kubernetes.io/region',
    });
  });

  it('is not known without the label', () => {
    expect(regionOf([node()])).toBeUndefined();
  });
});
