import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type {
  PlatformApi,
  Workload,
} from '@roadbed/backstage-plugin-platform-common';
import { registerFleetActions } from './registerFleetActions';

const AS_OF = '2026-08-22T10:00:00.000Z';

const workload: Workload = {
  id: 'x',
  cluster: 'shop-prod-eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
  status: 'not_ready',
  statusMessage: '1 of 2 ready',
  desired: 2,
  ready: 1,
  images: [
    { container: 'cart', image: 'registry.example/cart:4', digests: null },
  ],
  pods: null,
  createdAt: null,
  asOf: AS_OF,
  ownership: 'unowned',
  owners: [],
  clusterState: 'fresh',
};

const workloadAnswer = {
  cluster: 'shop-prod-eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
  status: 'not_ready',
  statusMessage: '1 of 2 ready',
  desired: 2,
  ready: 1,
  images: ['registry.example/cart:4'],
  asOf: AS_OF,
};

const page = {
  pageInfo: { nextCursor: 'next' },
  totalItems: 7,
  catalogIndex: { asOf: AS_OF },
};

/** The actions on a platform that answers what it is told and keeps what it is asked. */
function actionsOn(answers: Partial<PlatformApi>) {
  const registry = actionsRegistryServiceMock();
  registerFleetActions({
    actionsRegistry: registry,
    askPlatform: async (_credentials, question) =>
      question(answers as PlatformApi, {}),
  });
  return (name: string, input: Record<string, any>) =>
    registry.invoke({
      id: `test:${name}`,
      input,
      credentials: mockCredentials.user(),
    });
}

describe('where-does-entity-run', () => {
  it('answers clusters, workloads and what is wrong with the annotations', async () => {
    const listEntityWorkloads = jest.fn<any, any[]>(async () => ({
      ...page,
      items: [workload],
      entityRef: 'component:default/cart',
      asOf: AS_OF,
      match: {
        through: 'entity',
        selectors: [],
        problems: [{ annotation: 'a', value: 'b', message: 'c' }],
      },
      clusters: [
        {
          name: 'shop-prod-eu',
          environment: 'prod',
          state: 'fresh',
          reason: null,
          workloads: 1,
          notReady: 1,
          oldestDataAt: AS_OF,
        },
      ],
      totals: { clusters: 1, workloads: 7, notReady: 1 },
    }));
    const invoke = actionsOn({ listEntityWorkloads });
    const { output } = await invoke('where-does-entity-run', {
      entityRef: 'cart',
      limit: 5,
    });
    expect(output).toEqual({
      entityRef: 'component:default/cart',
      catalogReadAt: AS_OF,
      totals: { clusters: 1, workloads: 7, notReady: 1 },
      clusters: [
        {
          name: 'shop-prod-eu',
          environment: 'prod',
          state: 'fresh',
          reason: null,
          workloads: 1,
          notReady: 1,
        },
      ],
      workloads: [workloadAnswer],
      problems: [{ annotation: 'a', value: 'b', message: 'c' }],
      totalItems: 7,
      nextCursor: 'next',
    });
    expect(listEntityWorkloads.mock.calls[0].slice(0, 2)).toEqual([
      { kind: 'component', namespace: 'default', name: 'cart' },
      { limit: 5 },
    ]);
  });
});

describe('list-unowned-workloads', () => {
  it('answers each workload with what would own it', async () => {
    const listUnownedWorkloads = jest.fn<any, any[]>(async () => ({
      ...page,
      items: [
        {
          ...workload,
          hint: {
            key: 'backstage.io/kubernetes-id',
            value: 'cart',
            target: 'workload',
            entityRef: 'component:default/cart',
            because: 'same_name',
          },
        },
      ],
    }));
    const invoke = actionsOn({ listUnownedWorkloads });
    const { output } = await invoke('list-unowned-workloads', {
      search: 'car',
      kind: ['Deployment'],
    });
    expect(output).toEqual({
      catalogReadAt: AS_OF,
      workloads: [
        {
          ...workloadAnswer,
          hint: {
            add: 'backstage.io/kubernetes-id',
            value: 'cart',
            to: 'workload',
            entityRef: 'component:default/cart',
            because: 'same_name',
          },
        },
      ],
      totalItems: 7,
      nextCursor: 'next',
    });
    expect(listUnownedWorkloads.mock.calls[0][0]).toEqual({
      q: 'car',
      kind: ['Deployment'],
      limit: 25,
    });
  });
});
