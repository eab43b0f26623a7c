import type { ClusterLending } from '@roadbed/backstage-plugin-platform-node';
import { lendingFor } from './clusterAccess';

type State = ReturnType<ClusterLending['state']>;

const lent: State = {
  status: 'lent',
  clusters: {
    clusterSupplier: { getClusters: async () => [] },
    authStrategyMap: {},
  },
};

const lending = (state: State): ClusterLending => ({
  lend: () => {},
  refuse: () => {},
  state: () => state,
});

describe('lendingFor', () => {
  it('takes what is lent, whatever that is, with "auto"', () => {
    expect(lendingFor('auto', lending(lent)).state()).toBe(lent);
    const absent: State = { status: 'absent' };
    expect(lendingFor('auto', lending(absent)).state()).toBe(absent);
  });

  it('takes nothing that is lent with "proxy"', () => {
    expect(lendingFor('proxy', lending(lent)).state()).toEqual({
      status: 'absent',
    });
  });

  it('takes what is lent with "direct"', () => {
    expect(lendingFor('direct', lending(lent)).state()).toBe(lent);
  });

  it.each([
    [{ status: 'absent' } as const, /no clusters are lent: add @roadbed/],
    [
      { status: 'refused', reason: 'the place is taken' } as const,
      /are lent \(the place is taken\): add @roadbed/,
    ],
  ])('says with "direct" what to do when nothing is lent', (state, message) => {
    expect(() => lendingFor('direct', lending(state)).state()).toThrow(message);
  });
});
