import { compareObjects } from './compareObjects';
import type { Objects } from './ObjectState';

function objects(facts: Record<string, string>): Objects {
  return new Map(
    Object.entries(facts).map(([key, value]) => [
      key,
      { namespace: 'shop', name: key, facts: value, weight: 1 },
    ]),
  );
}

const before = objects({ stays: 'v1', changes: 'v1', goes: 'v1' });
const now = objects({ stays: 'v1', changes: 'v2', comes: 'v1' });

describe('compareObjects', () => {
  it('finds nothing wrong with a list that saw everything', () => {
    expect(compareObjects({ stored: now, before, now, sight: 'all' })).toEqual({
      compared: 4,
      lost: [],
      resurrected: [],
      wrong: [],
    });
  });

  it('finds everything wrong with rows that a list should have renewed', () => {
    expect(
      compareObjects({ stored: before, before, now, sight: 'all' }),
    ).toEqual({
      compared: 4,
      lost: ['shop/comes'],
      resurrected: ['shop/goes'],
      wrong: ['shop/changes: stored v1, true v2'],
    });
  });

  it('lets rows be as they were where no list saw the change', () => {
    const sight = 'nothing';
    expect(
      compareObjects({ stored: before, before, now, sight }),
    ).toMatchObject({ lost: [], resurrected: [], wrong: [] });
  });

  it('lets half a list tell what it named', () => {
    const stored = objects({
      stays: 'v1',
      changes: 'v2',
      goes: 'v1',
      comes: 'v1',
    });
    const sight = 'nothing';
    expect(compareObjects({ stored, before, now, sight })).toMatchObject({
      lost: [],
      resurrected: [],
      wrong: [],
    });
  });

  it('does not let half a list delete', () => {
    const stored = objects({ stays: 'v1', changes: 'v1' });
    const sight = 'nothing';
    expect(compareObjects({ stored, before, now, sight }).lost).toEqual([
      'shop/goes',
    ]);
  });

  it('finds what neither truth knows', () => {
    const sight = 'nothing';
    const stored = objects({
      stays: 'v1',
      changes: 'v3',
      goes: 'v1',
      ghost: 'v1',
    });
    expect(compareObjects({ stored, before, now, sight })).toMatchObject({
      lost: [],
      resurrected: ['shop/ghost'],
      wrong: ['shop/changes: stored v3, true v1 or v2'],
    });
  });

  it('expects nothing where no list was complete, but nothing false either', () => {
    const sight = 'never';
    expect(
      compareObjects({ stored: new Map(), before, now, sight }).lost,
    ).toEqual([]);
    expect(
      compareObjects({ stored: objects({ ghost: 'v1' }), before, now, sight })
        .resurrected,
    ).toEqual(['shop/ghost']);
  });

  it('tells an object under another name from the same one', () => {
    const renamed: Objects = new Map([
      ['stays', { namespace: 'shop', name: 'other', facts: 'v1', weight: 1 }],
    ]);
    expect(
      compareObjects({
        stored: renamed,
        before: new Map(),
        now: objects({ stays: 'v1' }),
        sight: 'all',
      }).wrong,
    ).toHaveLength(1);
  });

  it('counts sums for what they are sums of', () => {
    const sum: Objects = new Map([
      ['cart', { namespace: 'shop', name: 'cart', facts: '', weight: 3 }],
    ]);
    expect(
      compareObjects({ stored: sum, before: sum, now: sum, sight: 'all' })
        .compared,
    ).toBe(3);
  });
});
