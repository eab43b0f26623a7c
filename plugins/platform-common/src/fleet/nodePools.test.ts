import fc from 'fast-check';
import { nodePools } from './nodePools';

const ready = [{ type: 'Ready', status: 'True' }];

describe('nodePools', () => {
  it('groups by the label of the provider and counts what matters', () => {
    const labels = {
      'eks.amazonaws.com/nodegroup': 'general',
      'node.kubernetes.io/instance-type': 'm6i.large',
    };
    expect(
      nodePools([
        {
          labels: { ...labels, 'topology.kubernetes.io/zone': 'b' },
          kubeletVersion: 'v1.34.1',
          conditions: ready,
        },
        {
          labels: { ...labels, 'topology.kubernetes.io/zone': 'a' },
          kubeletVersion: 'v1.33.9',
          unschedulable: true,
          conditions: [{ type: 'Ready', status: 'Unknown' }],
        },
      ]),
    ).toEqual([
      {
        name: 'general',
        nodes: 2,
        ready: 1,
        cordoned: 1,
        kubeletVersions: { 'v1.34.1': 1, 'v1.33.9': 1 },
        instanceTypes: ['m6i.large'],
        zones: ['a', 'b'],
      },
    ]);
  });

  it('falls back to role, instance type and a plain name', () => {
    expect(
      nodePools([
        { labels: { 'node-role.kubernetes.io/control-plane': '' } },
        { labels: { 'node.kubernetes.io/instance-type': 'big' } },
        {},
      ]).map(({ name }) => name),
    ).toEqual(['big', 'control-plane', 'nodes']);
  });

  it('puts every node into exactly one pool', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            labels: fc.dictionary(
              fc.constantFrom('agentpool', 'karpenter.sh/nodepool'),
              fc.constantFrom('a', 'b', 'constructor'),
            ),
          }),
        ),
        nodes => {
          const pools = nodePools(nodes);
          const total = pools.reduce((sum, pool) => sum + pool.nodes, 0);
          expect(total).toBe(nodes.length);
        },
      ),
    );
  });
});
