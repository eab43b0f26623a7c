import { assess, type ShownCoverage } from './assess';
import type { ObjectState, TrueCluster } from './ObjectState';
import type { StoredCollector } from './readStored';

const CHANGED_AT = 1_000_000;

function objects(facts: Record<string, string>): Map<string, ObjectState> {
  return new Map(
    Object.entries(facts).map(([name, value]) => [
      name,
      { namespace: 'shop', name, facts: value, weight: 1 },
    ]),
  );
}

function cluster(facts: Record<string, string>, revision: number): TrueCluster {
  return { objects: new Map([['deployments', objects(facts)]]), revision };
}

function assessed(options: {
  stored: Partial<StoredCollector>;
  claim?: Partial<ShownCoverage>;
}) {
  const stored: StoredCollector = {
    objects: objects({ cart: 'v1' }),
    completeAt: CHANGED_AT - 5_000,
    revision: 10,
    ...options.stored,
  };
  const claim = {
    collector: 'deployments',
    state: 'collected',
    asOf: new Date(stored.completeAt ?? 0).toISOString(),
    cadenceSeconds: 15,
    ...options.claim,
  };
  return assess({
    truths: {
      before: new Map([['c-0001', cluster({ cart: 'v1' }, 10)]]),
      now: new Map([['c-0001', cluster({ cart: 'v2', shop: 'v1' }, 20)]]),
      changedAt: CHANGED_AT,
    },
    stored: new Map([['c-0001', new Map([['deployments', stored]])]]),
    shown: new Map([['c-0001', [claim]]]),
    shownAt: CHANGED_AT + 60_000,
  });
}

const nothingWrong = { lost: [], resurrected: [], wronglyFresh: [] };

describe('assess', () => {
  it('lets a list of before the change be as the cluster was', () => {
    expect(assessed({ stored: {} })).toMatchObject(nothingWrong);
  });

  it('holds a list of after the change to what the cluster is', () => {
    expect(
      assessed({ stored: { revision: 20, completeAt: CHANGED_AT + 1_000 } }),
    ).toEqual({
      compared: 2,
      lost: ['c-0001 deployments shop/shop'],
      resurrected: [],
      wronglyFresh: ['c-0001 deployments shop/cart: stored v1, true v2'],
    });
  });

  it('finds an age that the list does not have', () => {
    const asOf = new Date(CHANGED_AT + 50_000).toISOString();
    expect(assessed({ stored: {}, claim: { asOf } }).wronglyFresh).toEqual([
      `c-0001 deployments is shown as of ${asOf}, but its list is older than that`,
    ]);
  });

  it('finds data that is called current after twice its cadence and a minute', () => {
    const completeAt = CHANGED_AT - 31_000;
    const claim = { asOf: new Date(completeAt).toISOString() };
    expect(
      assessed({ stored: { completeAt }, claim }).wronglyFresh,
    ).toHaveLength(1);
    expect(
      assessed({ stored: { completeAt }, claim: { ...claim, state: 'stale' } }),
    ).toMatchObject(nothingWrong);
  });
});
