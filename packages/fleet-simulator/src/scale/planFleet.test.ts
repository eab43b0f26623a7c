import { planFleet } from './planFleet';

const SIZE = { clusters: 40, workloads: 4_001, pods: 12_345, seed: 7 };

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe('planFleet', () => {
  const plans = planFleet(SIZE);

  it('divides exactly what was asked for over clusters of different sizes', () => {
    expect(plans).toHaveLength(40);
    expect(sum(plans.map(plan => plan.workloads))).toBe(4_001);
    expect(sum(plans.map(plan => plan.pods))).toBe(12_345);
    const sizes = plans.map(plan => plan.workloads);
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeGreaterThan(3);
  });

  it('sizes the rest by workloads and pods', () => {
    for (const plan of plans) {
      expect(plan.nodes).toBe(Math.max(3, Math.ceil(plan.pods / 50)));
      expect(plan.namespaces).toBe(Math.ceil(plan.workloads / 10));
    }
  });

  it('has all environments, rings, providers and minors', () => {
    const valuesOf = (key: 'environment' | 'ring' | 'provider') =>
      [...new Set(plans.map(plan => plan[key]))].sort();
    expect(plans[0].name).toBe('c-0001');
    expect(valuesOf('environment')).toEqual(['dev', 'prod', 'stage']);
    expect(valuesOf('ring')).toEqual(['1', '2', '3']);
    expect(valuesOf('provider')).toEqual(['aks', 'eks', 'gke']);
    const minors = plans.map(({ version }) => version.split('.')[1]);
    expect([...new Set(minors)].sort()).toEqual([
      '31',
      '32',
      '33',
      '34',
      '35',
      '36',
    ]);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(planFleet(SIZE)).toEqual(plans);
    expect(planFleet({ ...SIZE, seed: 8 })).not.toEqual(plans);
  });

  it.each([
    [{ clusters: 0 }, /"clusters" must be a whole number above 0/],
    [{ pods: 1.5 }, /"pods" must be a whole number above 0/],
    [{ workloads: 39 }, /as many workloads as clusters/],
    [{ pods: 4_000 }, /as many pods as workloads/],
    [{ pods: 5_000_000 }, /1000 pods per workload at most/],
  ])('refuses %o', (wrong, message) => {
    expect(() => planFleet({ ...SIZE, ...wrong })).toThrow(message);
  });
});
