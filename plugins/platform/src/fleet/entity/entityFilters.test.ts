import type { Entity } from '@backstage/catalog-model';
import { clusterNameOf, isKubernetesCluster, mayRun } from './entityFilters';

function anEntity(options: {
  kind: string;
  type?: string;
  annotations?: Record<string, string>;
}): Entity {
  const { kind, type, annotations } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'prod-1', annotations },
    spec: { type },
  };
}

describe('mayRun', () => {
  it.each([
    [true, { kind: 'Component', type: 'service' }],
    [true, { kind: 'component' }],
    [false, { kind: 'Component', type: 'library' }],
    [true, { kind: 'System' }],
    [true, { kind: 'Group', type: 'team' }],
    [false, { kind: 'User' }],
    [false, { kind: 'API', type: 'openapi' }],
    [false, { kind: 'Resource', type: 'database' }],
  ])('is %s for %j', (expected, entity) => {
    expect(mayRun(anEntity(entity))).toBe(expected);
  });

  it('is true for whatever selects workloads', () => {
    const annotations = { 'backstage.io/kubernetes-id': 'db' };
    expect(
      mayRun(anEntity({ kind: 'Resource', type: 'database', annotations })),
    ).toBe(true);
  });
});

describe('the cluster of a resource', () => {
  const cluster = { kind: 'Resource', type: 'kubernetes-cluster' };

  it('is told from other resources', () => {
    expect(isKubernetesCluster(anEntity(cluster))).toBe(true);
    expect(isKubernetesCluster(anEntity({ ...cluster, type: 'bucket' }))).toBe(
      false,
    );
    expect(isKubernetesCluster(anEntity({ ...cluster, kind: 'API' }))).toBe(
      false,
    );
  });

  it('has the name of its annotation, else of the resource', () => {
    expect(clusterNameOf(anEntity(cluster))).toBe('prod-1');
    expect(
      clusterNameOf(
        anEntity({
          ...cluster,
          annotations: { 'roadbed.dev/cluster': 'arn:aws:eks:prod/1' },
        }),
      ),
    ).toBe('arn:aws:eks:prod/1');
  });
});
