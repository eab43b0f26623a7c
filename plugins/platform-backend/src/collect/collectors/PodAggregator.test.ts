import type { KubernetesObject } from '@roadbed/backstage-plugin-platform-node';
import fc from 'fast-check';
import { PodAggregator } from './PodAggregator';
import { SumTooLargeError } from './SumTooLargeError';

const HASH = '7d4b9c';

/** Any pod: of any owner, in any phase, with any containers. */
const anyPod = fc
  .record({
    namespace: fc.constantFrom('shop', 'infra'),
    owner: fc.constantFrom(
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'Job',
      null,
    ),
    workload: fc.constantFrom('cart', 'search'),
    phase: fc.constantFrom(
      'Running',
      'Pending',
      'Succeeded',
      'Failed',
      undefined,
    ),
    ready: fc.boolean(),
    node: fc.constantFrom('node-1', 'node-2', undefined),
    restarts: fc.array(fc.nat(50), { maxLength: 3 }),
    reason: fc.constantFrom('CrashLoopBackOff', 'ContainerCreating', undefined),
    labels: fc.dictionary(
      fc.constantFrom('app', 'tier'),
      fc.constantFrom('a', 'b'),
    ),
  })
  .map(options => ({ options }));

function toPod({ options }: { options: any }, index: number): KubernetesObject {
  const { owner, workload } = options;
  const viaReplicaSet = owner === 'Deployment';
  return {
    metadata: {
      uid: `uid-${index}`,
      name: `pod-${index}`,
      namespace: options.namespace,
      labels: {
        ...options.labels,
        ...(viaReplicaSet && { 'pod-template-hash': HASH }),
      },
      ...(owner && {
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: viaReplicaSet ? 'ReplicaSet' : owner,
            name: viaReplicaSet ? `${workload}-${HASH}` : workload,
            uid: 'owner',
            controller: true,
          },
        ],
      }),
    },
    spec: {
      nodeName: options.node,
      containers: [
        { name: 'main', image: `registry.example.com/${workload}:1` },
      ],
    },
    status: {
      phase: options.phase,
      conditions: [{ type: 'Ready', status: options.ready ? 'True' : 'False' }],
      containerStatuses: options.restarts.map(
        (restartCount: number, n: number) => ({
          name: `c${n}`,
          restartCount,
          state: options.reason ? { waiting: { reason: options.reason } } : {},
        }),
      ),
    },
  } as KubernetesObject;
}

function aggregate(pods: KubernetesObject[]) {
  const aggregator = new PodAggregator();
  pods.forEach(pod => aggregator.add(pod));
  return aggregator.rows();
}

const finished = (pod: any) =>
  ['Succeeded', 'Failed'].includes(pod.status.phase);
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe('PodAggregator', () => {
  it('sums over rows equal sums over pods', () => {
    fc.assert(
      fc.property(fc.array(anyPod, { maxLength: 60 }), options => {
        const pods = options.map(toPod);
        const docs = aggregate(pods).map(row => row.doc as any);
        const live = pods.filter(pod => !finished(pod)) as any[];
        const statuses = live.flatMap(pod => pod.status.containerStatuses);
        const total = (field: string) => sum(docs.map(doc => doc[field]));

        expect(
          sum(docs.flatMap(doc => Object.values<number>(doc.phases))),
        ).toBe(pods.length);
        expect(total('pods')).toBe(live.length);
        expect(total('ready')).toBe(
          live.filter(pod => pod.status.conditions[0].status === 'True').length,
        );
        expect(total('restarts')).toBe(
          sum(statuses.map(status => status.restartCount)),
        );
        expect(sum(docs.map(doc => doc.reasons.CrashLoopBackOff ?? 0))).toBe(
          statuses.filter(
            status => status.state.waiting?.reason === 'CrashLoopBackOff',
          ).length,
        );
      }),
    );
  });

  it('gives the same rows whatever the order of the pods', () => {
    const byKey = (rows: ReturnType<typeof aggregate>) =>
      Object.fromEntries(rows.map(row => [row.key, row]));
    fc.assert(
      fc.property(
        fc
          .array(anyPod, { minLength: 1, maxLength: 20 })
          .map(options => options.map(toPod))
          .chain(pods =>
            fc.tuple(
              fc.constant(pods),
              fc.shuffledSubarray(pods, { minLength: pods.length }),
            ),
          ),
        ([pods, shuffled]) => {
          expect(byKey(aggregate(shuffled))).toEqual(byKey(aggregate(pods)));
        },
      ),
    );
  });

  const ownedBy = (kind: string, name: string, labels = {}) =>
    ({
      metadata: {
        name: 'p',
        namespace: 'shop',
        labels,
        ownerReferences: [
          { apiVersion: 'x/v1', kind, name, uid: 'u-1', controller: true },
        ],
      },
    } as KubernetesObject);

  it.each([
    [
      'Deployment/shop/cart',
      null,
      ownedBy('ReplicaSet', 'cart-7d4b9c', { 'pod-template-hash': '7d4b9c' }),
    ],
    [
      'Rollout/shop/cart',
      null,
      ownedBy('ReplicaSet', 'cart-55', { 'rollouts-pod-template-hash': '55' }),
    ],
    ['ReplicaSet/shop/by-hand', 'u-1', ownedBy('ReplicaSet', 'by-hand')],
    [
      'ReplicaSet/shop/cart-7d4b9c',
      'u-1',
      ownedBy('ReplicaSet', 'cart-7d4b9c', { 'pod-template-hash': 'other' }),
    ],
    ['Job/shop/nightly-28', 'u-1', ownedBy('Job', 'nightly-28')],
    ['Node/shop/node-1', 'u-1', ownedBy('Node', 'node-1')],
  ])('counts a pod to %s', (key, ownerUid, pod) => {
    const [row] = aggregate([pod]);
    expect(row.key).toBe(key);
    expect(row.doc).toMatchObject({ ownerUid, bare: false });
  });

  it('knows a bare pod, which nothing brings back', () => {
    const [row] = aggregate([
      { metadata: { name: 'debug', namespace: 'shop', uid: 'u-9' } },
    ]);
    expect(row).toMatchObject({
      key: 'Pod/shop/debug',
      doc: { bare: true, ownerUid: 'u-9', phases: { Unknown: 1 } },
    });
  });

  it('keeps the labels that all pods share, and the digest a node runs', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const member = (tier: string) => ({
      ...ownedBy('StatefulSet', 'db', { app: 'db', tier }),
      spec: { containers: [{ name: 'main', image: 'example.com/db:1' }] },
      status: {
        containerStatuses: [
          { name: 'main', imageID: `example.com/db@${digest}` },
        ],
      },
    });
    const [row] = aggregate([member('a'), member('b')] as KubernetesObject[]);
    expect(row.doc).toMatchObject({
      labels: { app: 'db' },
      images: [{ container: 'main', image: 'example.com/db:1', digest }],
    });
  });

  it('names at most a hundred nodes and counts all', () => {
    const pods = Array.from({ length: 250 }, (_, index) => ({
      ...ownedBy('DaemonSet', 'agent'),
      spec: { nodeName: `node-${String(index).padStart(3, '0')}` },
    })) as KubernetesObject[];
    const [row] = aggregate(pods);
    expect(row.doc.nodeCount).toBe(250);
    expect(row.doc.nodes).toHaveLength(100);
  });

  it('knows no phases but those there are, and counts reasons up to a number', () => {
    const pods = Array.from({ length: 200 }, (_, index) => ({
      ...ownedBy('Job', 'import'),
      status: {
        phase: index % 2 ? `phase-${index}` : '__proto__',
        containerStatuses: [
          {
            restartCount: 2 ** 53,
            state: { waiting: { reason: `reason-${index}` } },
          },
        ],
      },
    })) as unknown as KubernetesObject[];
    const [{ doc }] = aggregate(pods);
    expect(doc.phases).toEqual({ Unknown: 200 });
    expect(Object.keys(doc.reasons as object)).toHaveLength(51);
    expect(doc.reasons).toMatchObject({ 'reason-0': 1, Other: 150 });
    expect(doc.restarts).toBe(0);
  });

  it('ends when it holds more than is meant to be held', () => {
    const aggregator = new PodAggregator(1_000);
    const fill = () => {
      for (let index = 0; index < 100; index++) {
        aggregator.add(ownedBy('Job', `import-${index}`) as KubernetesObject);
      }
    };
    expect(fill).toThrow(SumTooLargeError);
  });
});
