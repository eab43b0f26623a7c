import type { Entity } from '@backstage/catalog-model';

/** What the pages of entities are looked at with, each in words. */
export const ENTITIES = {
  'component:default/cart':
    'Runs on several clusters, one behind, one without pods',
  'component:default/docs': 'Has no annotation that selects workloads',
  'component:default/jobs': 'Its annotation selects nothing',
  'component:default/search': 'One of its selectors is broken',
  'component:default/old': 'Was renamed while its page was open',
  'group:default/team-shop': 'Owns what runs on many clusters',
  'system:default/checkout': 'Has parts that run on many clusters',
  'resource:default/data-stage': 'Is a cluster of which pods are not collected',
  'resource:default/shop-prod-eu': 'Is a cluster',
  'resource:default/mars': 'Is a cluster that the portal does not know',
} as const;

const TYPES: Record<string, string> = {
  component: 'service',
  group: 'team',
  resource: 'kubernetes-cluster',
};

/** The entity of a reference, as the catalog would answer it. */
export function anEntity(ref: string): Entity {
  const [kind, rest] = ref.split(':');
  const [namespace, name] = rest.split('/');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind[0].toUpperCase() + kind.slice(1),
    metadata: { namespace, name },
    spec: { type: TYPES[kind] },
  };
}
