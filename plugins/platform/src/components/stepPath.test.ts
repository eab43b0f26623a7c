import { dayNumber, niceCeiling, stepPath } from './stepPath';

describe('niceCeiling', () => {
  it.each([
    [0, 1],
    [1, 1],
    [3, 5],
    [9, 10],
    [48, 50],
    [51, 100],
    [412, 500],
  ])('takes %d up to %d', (value, ceiling) => {
    expect(niceCeiling(value)).toBe(ceiling);
  });
});

describe('stepPath', () => {
  const first = dayNumber('2026-02-27');
  const path = (points: Array<[string, number | null]>) =>
    stepPath({
      points: points.map(([day, value]) => ({ day, value })),
      x: day => day - first,
      y: value => -value,
    });

  it('holds a value for its day, over the end of a month', () => {
    expect(
      path([
        ['2026-02-28', 4],
        ['2026-03-01', 6],
      ]),
    ).toBe('M1,-4 L2,-4 L2,-6 L3,-6');
  });

  it('leaves out what is not known', () => {
    expect(
      path([
        ['2026-02-27', 4],
        ['2026-02-28', null],
        ['2026-03-01', 4],
      ]),
    ).toBe('M0,-4 L1,-4 M2,-4 L3,-4');
  });
});
