import fc from 'fast-check';
import { clusterStateSchema } from './clusterSchemas';
import { clusterState, type ClusterStateFacts } from './clusterState';

const collected = {
  collector: 'nodes',
  title: 'Nodes',
  state: 'collected' as const,
  asOf: '2026-11-21T10:00:00Z',
};

const facts = (more: Partial<ClusterStateFacts> = {}): ClusterStateFacts => ({
  coverage: [collected],
  ...more,
});

const forbiddenPods = {
  collector: 'pods',
  title: 'Pods',
  state: 'not_collected' as const,
  asOf: null,
  problem: {
    code: 'forbidden',
    message: 'pods is forbidden',
    missingRule: { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
  },
};

describe('clusterState', () => {
  it('is fresh when everything is collected, and gives no reason', () => {
    expect(clusterState(facts())).toEqual({ state: 'fresh', reasons: [] });
  });

  it('does not hold an API against a cluster that does not serve it', () => {
    expect(
      clusterState(
        facts({
          coverage: [
            collected,
            {
              ...collected,
              collector: 'httproutes',
              state: 'not_served',
              problem: { code: 'not_served', message: 'no such API' },
            },
          ],
        }),
      ).state,
    ).toBe('fresh');
  });

  it('is partial when a collector is forbidden, and names verb and resource', () => {
    const { state, reasons } = clusterState(
      facts({ coverage: [collected, forbiddenPods] }),
    );
    expect(state).toBe('partial');
    expect(reasons).toEqual([
      {
        code: 'forbidden',
        collector: 'pods',
        message: 'Pods: not collected, needs list pods',
        remedy:
          "Allow list on pods in the ClusterRole of Roadbed's credentials",
      },
    ]);
  });

  it('names the group of a resource outside the core group', () => {
    const [reason] = clusterState(
      facts({
        coverage: [
          {
            ...forbiddenPods,
            problem: {
              ...forbiddenPods.problem,
              missingRule: {
                apiGroups: ['policy'],
                resources: ['poddisruptionbudgets'],
                verbs: ['list'],
              },
            },
          },
        ],
      }),
    ).reasons;
    expect(reason.remedy).toContain('poddisruptionbudgets.policy');
  });

  it('is collecting until every collector has run once', () => {
    const { state, reasons } = clusterState(
      facts({
        coverage: [collected, { ...collected, state: 'pending', asOf: null }],
      }),
    );
    expect(state).toBe('collecting');
    expect(reasons[0].message).toContain('1 of 2 collectors');
  });

  it('says once that nothing answers', () => {
    const unreachable = {
      since: '2026-11-21T09:00:00Z',
      code: 'dns',
      message: 'no such host',
    };
    const coverage = [
      { ...collected, state: 'pending' as const, asOf: null },
      {
        ...collected,
        state: 'not_collected' as const,
        asOf: null,
        problem: { code: 'dns', message: 'no such host' },
      },
    ];
    const { reasons } = clusterState(facts({ unreachable, coverage }));
    expect(reasons.map(({ code }) => code)).toEqual(['dns']);
  });

  it('tells the worst first: the order of the states decides', () => {
    const unreachable = {
      since: '2026-11-21T09:00:00Z',
      code: 'connect_timeout',
      message: 'no answer',
    };
    const everything = facts({
      accessProblem: { code: 'user_token', message: 'needs a user token' },
      duplicateOf: 'shop-dev',
      missingSince: '2026-11-21T09:00:00Z',
      unreachable,
      coverage: [
        { ...collected, state: 'pending' },
        { ...collected, state: 'stale' },
        forbiddenPods,
      ],
    });
    const seen: string[] = [];
    const steps: Array<Partial<ClusterStateFacts>> = [
      {},
      { accessProblem: undefined },
      { duplicateOf: undefined },
      { missingSince: undefined },
      { unreachable: undefined },
      { coverage: everything.coverage.slice(1) },
      { coverage: everything.coverage.slice(2) },
      { coverage: [collected] },
    ];
    let current = everything;
    for (const step of steps) {
      current = { ...current, ...step };
      seen.push(clusterState(current).state);
    }
    expect(seen).toEqual(clusterStateSchema.options);
  });

  it('keeps every reason, not only that of the state', () => {
    const { reasons } = clusterState(
      facts({
        missingSince: '2026-11-21T09:00:00Z',
        coverage: [forbiddenPods],
      }),
    );
    expect(reasons.map(({ code }) => code)).toEqual(['missing', 'forbidden']);
  });

  it('is never better for one more problem, and gives a reason unless fresh', () => {
    const order = clusterStateSchema.options;
    const since = '2026-11-21T09:00:00Z';
    const problems: Array<Partial<ClusterStateFacts>> = [
      { accessProblem: { code: 'user_token', message: 'needs a user token' } },
      { duplicateOf: 'shop-dev' },
      { missingSince: since },
      { unreachable: { since, code: 'dns', message: 'no such host' } },
    ];
    const entry = fc.constantFrom(
      collected,
      forbiddenPods,
      { ...collected, state: 'stale' as const },
      { ...collected, state: 'pending' as const, asOf: null },
      { ...collected, state: 'not_served' as const, asOf: null },
    );
    fc.assert(
      fc.property(
        fc.array(entry),
        fc.subarray(problems),
        fc.constantFrom(...problems),
        (coverage, present, more) => {
          const before = Object.assign({ coverage }, ...present);
          const one = clusterState(before);
          const two = clusterState({ ...before, ...more });
          expect(order.indexOf(two.state)).toBeLessThanOrEqual(
            order.indexOf(one.state),
          );
          expect(one.reasons.length > 0).toBe(one.state !== 'fresh');
        },
      ),
    );
  });
});
