import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { MEMBER, TEAM } from './callers';

const component = (name: string, owner: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': name },
  },
  spec: { type: 'service', owner },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

const group = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
});

/** A catalog of which a member may not read the entities of others. */
export const catalog = createServiceFactory({
  service: catalogServiceRef,
  deps: {},
  factory: () => {
    const ownEntities = [component('cart', TEAM), group('team-a')];
    const own = catalogServiceMock({ entities: ownEntities });
    const whole = catalogServiceMock({
      entities: [
        ...ownEntities,
        component('ghost', 'group:default/team-b'),
        group('team-b'),
      ],
    });
    const asSeenBy = (method: keyof typeof whole) => [
      method,
      (...args: any[]) => {
        const { principal } = args[args.length - 1].credentials;
        const seen = principal.userEntityRef === MEMBER ? own : whole;
        return (seen[method] as any)(...args);
      },
    ];
    return Object.fromEntries(
      (['getEntitiesByRefs', 'streamEntities'] as const).map(asSeenBy),
    );
  },
});
